// What happened, day by day: a list that says for each entry when, what and by whom.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { addDays, dateFrom, useToday } from "@/lib/days";
import { day as dayInWords, time, weekday } from "@/lib/format";
import classes from "./Timeline.module.css";
import { byDay } from "./timelineDays";

export interface TimelineEntry {
  key: string;
  /** RFC 3339. */
  at: string;
  icon: ReactNode;
  head: ReactNode;
  by?: string;
  body?: ReactNode;
}

/** "Today", "Yesterday", or the weekday and the date. */
function useDayWords(): (day: string) => string {
  const { t } = useTranslation("record");
  const today = useToday();
  const yesterday = addDays(today, -1);
  return (day) => {
    if (day === today) return t("timeline.today");
    if (day === yesterday) return t("timeline.yesterday");
    return `${weekday(dateFrom(day), "long")}, ${dayInWords(day)}`;
  };
}

export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  const dayWords = useDayWords();
  return (
    <div>
      {byDay(entries).map((group) => (
        <section key={group.day} className={classes.day} aria-label={dayWords(group.day)}>
          <h2 className={classes.date}>{dayWords(group.day)}</h2>
          <ol className={classes.list}>
            {group.entries.map((entry) => (
              <li key={entry.key} className={classes.entry}>
                <TimelineLine entry={entry} when={time(entry.at)} />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function TimelineLine({ entry, when }: { entry: TimelineEntry; when: string }) {
  return (
    <>
      <span className={classes.icon} aria-hidden>
        {entry.icon}
      </span>
      <div className={classes.content}>
        <div className={classes.head}>
          <span className={classes.what}>{entry.head}</span>
          <span className={classes.meta}>
            {entry.by && <span>{entry.by}</span>}
            <time dateTime={entry.at} title={entry.at}>
              {when}
            </time>
          </span>
        </div>
        {entry.body && <div className={classes.body}>{entry.body}</div>}
      </div>
    </>
  );
}
