// Days and times as the branch reads them, in the world's own zone.

import { currentLanguage } from "./words.js";

const formats = new Map();

function format(zone, locale, options) {
  const key = `${zone}|${locale}|${JSON.stringify(options)}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }));
  }
  return formats.get(key);
}

function parts(moment, zone) {
  const made = format(zone, "en-GB", {
    year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).formatToParts(moment);
  return Object.fromEntries(made.map(({ type, value }) => [type, value]));
}

/** A key that is equal for moments of the same day: 2026-11-22. */
export function dayKey(moment, zone) {
  const { year, month, day } = parts(moment, zone);
  return `${year}-${month}-${day}`;
}

export function timeOfDay(moment, zone) {
  const { hour, minute } = parts(moment, zone);
  return `${hour}:${minute}`;
}

/** 11 月 22 日（周日）, with the year where it is not this one. */
export function dayName(moment, zone, now) {
  const chinese = currentLanguage() === "zh";
  const weekday = format(zone, chinese ? "zh-CN" : "en-GB", { weekday: "short" }).format(moment);
  const { year, month, day } = parts(moment, zone);
  const otherYear = now != null && parts(now, zone).year !== year;
  if (chinese) return `${otherYear ? `${year} 年 ` : ""}${Number(month)} 月 ${Number(day)} 日（${weekday}）`;
  const monthName = format(zone, "en-GB", { month: "short" }).format(moment);
  return `${weekday} ${Number(day)} ${monthName}${otherYear ? ` ${year}` : ""}`;
}

/** What a date-time field shows: 2026-11-22T12:40, in the zone. */
export function toField(moment, zone) {
  return `${dayKey(moment, zone)}T${timeOfDay(moment, zone)}`;
}

/** The moment (ms) that a date-time field means in the zone; NaN when it is empty. */
export function fromField(value, zone) {
  const asIfUtc = Date.parse(`${value}Z`);
  if (Number.isNaN(asIfUtc)) return NaN;
  const offsetAt = (moment) => Date.parse(`${toField(moment, zone)}Z`) - Math.floor(moment / 60000) * 60000;
  const guess = asIfUtc - offsetAt(asIfUtc);
  return asIfUtc - offsetAt(guess);
}
