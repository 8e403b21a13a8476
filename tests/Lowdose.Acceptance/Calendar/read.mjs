// Reads a calendar with a parser that is not ours and prints every reminder it would give: date, time (null for a whole day), title, alarms.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
const reminders = [];
for (const component of calendar.getAllSubcomponents("vevent")) {
  const event = new ICAL.Event(component);
  const dates = event.iterator();
  for (let at = dates.next(); at && reminders.length < 10000; at = dates.next()) {
    const text = at.toString();
    // A floating time is the same clock time in every zone: neither UTC nor any zone is named.
    reminders.push({ date: text.slice(0, 10), time: at.isDate ? null : text.slice(11, 16), floating: at.zone === ICAL.Timezone.localTimezone,
      title: event.summary, alarms: component.getAllSubcomponents("valarm").length, uid: event.uid });
  }
}
console.log(JSON.stringify({ version: calendar.getFirstPropertyValue("version"), reminders }));
