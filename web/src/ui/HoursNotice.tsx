import { CloseButton } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/client";
import type { Me } from "@/api/types";
import { useMe } from "@/lib/entities";
import { momentText } from "@/lib/hours";
import classes from "./Shell.module.css";

/** Said this long before the hours end. */
const BEFORE_MS = 10 * 60_000;

/** Whether the end is near, by the server's clock. */
function useIsNear(at: string | undefined): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!at) {
      setNear(false);
      return;
    }
    const end = new Date(at).getTime();
    const look = () => {
      const left = end - serverNow();
      setNear(left > 0 && left <= BEFORE_MS);
    };
    look();
    const timer = window.setInterval(look, 1000);
    return () => window.clearInterval(timer);
  }, [at]);
  return near;
}

/** That the user's working hours are about to end, until it was read. */
export function HoursNotice() {
  const ends = useMe().work_ends;
  const near = useIsNear(ends?.at);
  const [read, setRead] = useState("");
  return (
    <div role="status">
      {ends && near && read !== ends.at && <Notice ends={ends} onRead={() => setRead(ends.at)} />}
    </div>
  );
}

interface Props {
  ends: NonNullable<Me["work_ends"]>;
  onRead: () => void;
}

function Notice({ ends: { at, again, zone }, onRead }: Props) {
  const { t } = useTranslation();
  const end = momentText(at, zone, at);
  return (
    <div className={classes.due}>
      <IconClock size={18} aria-hidden />
      <span className={classes.told}>
        {again
          ? t("hours.ends", { time: end, again: momentText(again, zone, at) })
          : t("hours.endsForGood", { time: end })}
      </span>
      <CloseButton size="sm" onClick={onRead} />
    </div>
  );
}
