"""Part of step 5: the settings, once a row of two texts each, become one row of columns."""

_WEEK = "montuewedthufrisatsun"
_MONEY = "CAST(replace(value, '.', '') AS INTEGER)"
_DAYS = " + ".join(f"(value LIKE '%{_WEEK[3 * n : 3 * n + 3]}%') * {1 << n}" for n in range(7))

# Each new column, the old key, and what the column makes of its text.
_COLUMNS = (
    ("currency", "currency", "value"),
    ("day_starts_at", "day_starts_at", "value || ':00'"),
    ("first_weekday", "first_weekday", f"instr('{_WEEK}', substr(value, 1, 3)) / 3"),
    ("works_from", "working_day", "substr(value, 1, 5) || ':00'"),
    ("works_until", "working_day", "substr(value, 7, 5) || ':00'"),
    (
        "works_on",
        "working_day",
        "CASE WHEN value LIKE '% daily' THEN 127 WHEN value LIKE '% mon-fri' THEN 31 "
        f"ELSE {_DAYS} END",
    ),
    ("call_cap", "call_cap", "CAST(value AS INTEGER) * iif(value LIKE '% min', 60, 1)"),
    ("hourly_worth", "hourly_worth", _MONEY),
    ("next_worth", "hourly_worth_next", _MONEY),
    ("next_worth_from", "hourly_worth_next", "substr(value, -10)"),
    ("goal", "goal", _MONEY),
    ("goal_by", "goal_by", "value"),
    ("goal_since", "goal_since", "value"),
    ("assumed_wins", "assumed_win_rate", "CAST(value AS INTEGER)"),
    (
        "assumed_conversations",
        "assumed_win_rate",
        "CAST(substr(value, instr(value, ' in ') + 4) AS INTEGER)",
    ),
    ("assumed_win", "assumed_win", _MONEY),
)
_NOW = ", ".join(f"max(iif(place = 0 AND name = '{name}', value, NULL))" for name, *_ in _COLUMNS)
_TYPED = " UNION ALL ".join(
    f'SELECT {place}, json_extract(coalesce("before", "after"), \'$.key\'),'
    f" nullif(json_extract(\"{image}\", '$.value'), 'none')"
    " FROM changed_row WHERE table_name = 'setting'"
    for place, image in (("id", "before"), ("-id", "after"))
)
_EACH = " UNION ALL ".join(
    f"SELECT place, '{name}' AS name, {value} AS value FROM typed WHERE key = '{key}'"
    for name, key, value in _COLUMNS
)

SETTINGS_ROW = f"""
CREATE TABLE settings (
    id INTEGER NOT NULL, currency VARCHAR, day_starts_at VARCHAR, first_weekday INTEGER,
    works_from VARCHAR, works_until VARCHAR, works_on INTEGER, call_cap INTEGER,
    hourly_worth INTEGER, next_worth INTEGER, next_worth_from DATE, goal INTEGER, goal_by DATE,
    goal_since DATE, assumed_wins INTEGER, assumed_conversations INTEGER, assumed_win INTEGER,
    PRIMARY KEY (id), CONSTRAINT settings_only_one CHECK (id = 1)
);
-- Those of the file have the place 0 here, those of the undo history the id of their row there,
-- below 0 as they became.
CREATE TABLE old_setting AS WITH typed AS (
    SELECT 0 AS place, key, nullif(value, 'none') AS value FROM setting UNION ALL {_TYPED}
) {_EACH};
INSERT INTO settings SELECT 1, {_NOW} FROM old_setting GROUP BY 1;
-- Of the only row the undo history keeps the columns that a change gave other values.
UPDATE changed_row AS it SET table_name = 'settings', row_id = 1,
    "before" = (SELECT json_group_object(name, value) FROM old_setting WHERE place = it.id),
    "after" = (SELECT json_group_object(name, value) FROM old_setting WHERE place = -it.id)
    WHERE table_name = 'setting';
DROP TABLE old_setting;
DROP TABLE setting;
"""
