// The system's messages to the user, at hand in the header.
import { IconBell } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNotices } from "./NoticeBellData";
import { NoticeItem } from "./NoticeBellItem";
import { Tray } from "./Tray";

const SHOWN = 5;

export function NoticeBell() {
  const { t } = useTranslation("notices");
  const { query, unread, read } = useNotices();
  const count = unread.length;
  return (
    <Tray
      title={t("title")}
      name={count > 0 ? t("bell", { count }) : t("title")}
      icon={<IconBell size={22} stroke={1.6} />}
      count={count}
      all={{ to: "/notifications", label: t("all") }}
      query={query}
      entries={(notices) =>
        notices
          .slice(0, SHOWN)
          .map((notice) => <NoticeItem key={notice.id} notice={notice} onRead={() => read([notice])} />)
      }
      none={t("none.title")}
      said={count > 0 ? t("bell", { count }) : ""}
    />
  );
}
