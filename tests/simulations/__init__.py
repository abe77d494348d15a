"""Founders drawn at random, of whom it is known what is true: how often is what is told them so?"""
