ALTER TABLE settings ADD COLUMN week_turns VARCHAR;
DELETE FROM kept_past;
ALTER TABLE kept_past DROP COLUMN first_weekday;
CREATE TRIGGER settings_insert AFTER INSERT ON settings BEGIN DELETE FROM kept_past; END;
CREATE TRIGGER settings_update AFTER UPDATE ON settings BEGIN DELETE FROM kept_past; END;
CREATE TRIGGER settings_delete AFTER DELETE ON settings BEGIN DELETE FROM kept_past; END;
