-- Version 3: what was reminded of is kept with the reminders themselves, sealed; who changes it names what they had seen, so that of two nodes one gives a reminder.
DROP TABLE reminders_given;
