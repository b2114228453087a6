import { Button, SegmentedControl } from "@mantine/core";
import { IconBell, IconChecks } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Search } from "@/router";
import framed from "@/ui/Framed.module.css";
import { useNotices } from "@/ui/NoticeBellData";
import { NoticeItem } from "@/ui/NoticeBellItem";
import { Page } from "@/ui/Page";
import { Empty, Ready } from "@/ui/States";

const HERE: string = "/notifications";

export default function Notices() {
  const { t } = useTranslation("notices");
  const go = useNavigate();
  const onlyUnread = (useSearch({ strict: false }) as Search).show === "unread";
  const { query, unread, read } = useNotices();
  const show = (what: string) =>
    void go({ to: HERE, search: { show: what === "unread" ? what : undefined } as never });
  return (
    <Page
      title={t("title")}
      tab={t("title")}
      actions={
        <Button
          variant="default"
          leftSection={<IconChecks size={16} aria-hidden />}
          disabled={unread.length === 0}
          onClick={() => void read(unread)}
        >
          {t("readAll")}
        </Button>
      }
    >
      <Ready query={query}>
        {(notices) => {
          const shown = onlyUnread ? unread : notices;
          return (
            <>
              <SegmentedControl
                aria-label={t("filter.label")}
                size="xs"
                style={{ alignSelf: "flex-start" }}
                value={onlyUnread ? "unread" : "all"}
                onChange={show}
                data={[
                  { value: "all", label: t("filter.all", { count: notices.length }) },
                  { value: "unread", label: t("filter.unread", { count: unread.length }) },
                ]}
              />
              {shown.length === 0 ? (
                <Empty
                  title={onlyUnread && notices.length > 0 ? t("none.unread") : t("none.title")}
                  icon={<IconBell size={32} stroke={1.5} aria-hidden />}
                >
                  {t("none.text")}
                </Empty>
              ) : (
                <ul className={framed.list}>
                  {shown.map((notice) => (
                    <li key={notice.id}>
                      <NoticeItem notice={notice} heading="h2" onRead={() => void read([notice])} />
                    </li>
                  ))}
                </ul>
              )}
            </>
          );
        }}
      </Ready>
    </Page>
  );
}
