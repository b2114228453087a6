import {
  IconBuilding,
  IconCalendarCheck,
  IconFile,
  IconLayoutKanban,
  IconNote,
  IconTargetArrow,
  IconUser,
} from "@tabler/icons-react";

const ICONS: Record<string, typeof IconFile> = {
  company: IconBuilding,
  person: IconUser,
  lead: IconTargetArrow,
  deal: IconLayoutKanban,
  activity: IconCalendarCheck,
  note: IconNote,
};

export function EntityIcon({ name, size = 20 }: { name: string; size?: number }) {
  const Icon = ICONS[name] ?? IconFile;
  return <Icon size={size} stroke={1.6} aria-hidden style={{ flex: "none" }} />;
}
