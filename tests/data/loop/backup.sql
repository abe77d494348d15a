-- The tables of a backup of Loop Habit Tracker, version 25.
PRAGMA user_version = 25;
CREATE TABLE Habits (id INTEGER PRIMARY KEY AUTOINCREMENT, archived INTEGER, color INTEGER,
  description TEXT, freq_den INTEGER, freq_num INTEGER, highlight INTEGER, name TEXT,
  position INTEGER, reminder_hour INTEGER, reminder_min INTEGER, reminder_days INTEGER NOT NULL
  DEFAULT 127, type INTEGER NOT NULL DEFAULT 0, target_type INTEGER NOT NULL DEFAULT 0,
  target_value REAL NOT NULL DEFAULT 0, unit TEXT NOT NULL DEFAULT '', question TEXT, uuid TEXT);
CREATE TABLE Repetitions (id INTEGER PRIMARY KEY AUTOINCREMENT, habit INTEGER NOT NULL,
  timestamp INTEGER NOT NULL, value INTEGER NOT NULL, notes TEXT);
CREATE TABLE Events (id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp INTEGER, message TEXT,
  server_id INTEGER);
INSERT INTO Habits (id, archived, freq_den, freq_num, name, position, type, target_type,
  target_value, unit) VALUES
  (1, 0, 1, 1, 'Meditate', 0, 0, 0, 0.0, ''),
  (2, 0, 1, 1, 'Run', 1, 1, 0, 2.5, 'km'),
  (3, 0, 7, 3, 'Café ☕ call', 2, 0, 0, 0.0, ''),
  (4, 0, 7, 1, 'Read', 3, 1, 0, 90.0, 'minutes'),
  (5, 0, 1, 1, 'Sweets', 4, 1, 1, 3.0, 'pieces'),
  (6, 1, 30, 1, 'Clean', 5, 0, 0, 0.0, ''),
  (7, 0, 1, 1, 'meditate', 6, 0, 0, 0.0, '');
INSERT INTO Repetitions (habit, timestamp, value, notes) VALUES
  (1, 1793923200000, 2, 'calm, at last'),
  (1, 1793836800000, 3, 'in a train'),
  (1, 1793750400000, 3, 'in a train'),
  (1, 1793664000000, 0, 'too loud'),
  (1, 1793491200000, 2, ''),
  (2, 1793750400000, 3, ''),
  (2, 1793664000000, 400, ''),
  (2, 1793577600000, 2400, ''),
  (2, 1793491200000, 2500, 'in the rain'),
  (2, 1793404800000, 5200, ''),
  (3, 1793577600000, 2, ''),
  (4, 1793577600000, 45000, ''),
  (4, 1793491200000, 30500, ''),
  (5, 1793577600000, 2000, ''),
  (6, 1792454400000, 2, ''),
  (7, 1793491200000, 2, 'in the evening too'),
  (99, 1793491200000, 2, '');
