// An activity's time in words.

import { monthName, say, sayList } from "../core/words";
import { dateOf, weekdayOf } from "../schedule/calendar";
import { clockTime, type Now } from "../schedule/opening-hours";
import { type Doubt, type Occurrence, type Stage } from "../schedule/recurrence";

const DAY = 1440;

/** `12月2日 周三`. */
export function dateText(day: number): string {
  const { month, day: date } = dateOf(day);
  return say("activities.date", { month: monthName(month), day: date, weekday: sayList("activities.weekday")[weekdayOf(day)]! });
}

/** 今天, 明天, or the date; of another year with its year. */
export function dayText(day: number, now: Now): string {
  if (day === now.day) return say("activities.today");
  if (day === now.day + 1) return say("activities.tomorrow");
  const { year } = dateOf(day);
  return year === dateOf(now.day).year ? dateText(day) : say("activities.dateOfYear", { year, date: dateText(day) });
}

/** `14:00`, 全天; empty where no hour is known. */
export function startText({ start, end }: Occurrence): string {
  if (start === null) return "";
  return start === 0 && end === DAY ? say("activities.whole") : clockTime(start);
}

/** `明天 14:00`. */
export function whenText(one: Occurrence, now: Now): string {
  const date = dayText(one.day, now);
  return one.start === null ? date : say("activities.nextDay", { date, time: startText(one) });
}

/** What is to be said of where it stands; empty while it lies ahead. */
export function stageText({ start, end }: Occurrence, stage: Stage): string {
  if (stage === "past") return say("activities.past");
  if (stage === "begun") return say("activities.begun", { time: clockTime(start!) });
  if (stage !== "running") return "";
  if (end === null || (start === 0 && end === DAY)) return start === null ? "" : say("activities.running");
  return say("activities.runningUntil", { time: clockTime(end) });
}

export function doubtText(doubt: Doubt): string {
  return doubt ? DOUBTS[doubt]() : "";
}

const DOUBTS = {
  holiday: () => say("activities.doubtHoliday"),
  worked: () => say("activities.doubtWorked"),
  calendar: () => say("activities.doubtCalendar"),
};
