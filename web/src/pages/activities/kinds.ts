import {
  IconCalendarEvent,
  IconCheckbox,
  IconMail,
  IconPhone,
  IconPointFilled,
  IconUsers,
} from "@tabler/icons-react";

const ICONS: Record<string, typeof IconPhone> = {
  task: IconCheckbox,
  meeting: IconUsers,
  call: IconPhone,
  event: IconCalendarEvent,
  letter: IconMail,
};

export const kindIcon = (kind: unknown) => ICONS[String(kind)] ?? IconPointFilled;
