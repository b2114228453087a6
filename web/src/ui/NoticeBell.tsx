// The system's messages to the user, at hand in the header.
import { ActionIcon, Button, Indicator, Popover } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./NoticeBell.module.css";
import { useNotices } from "./NoticeBellData";
import { NoticeItem } from "./NoticeBellItem";
import { Failed, Loading } from "./States";

const SHOWN = 5;
const MOST = 99;

export function NoticeBell() {
  const { t } = useTranslation("notices");
  const { query, unread, read } = useNotices();
  const [opened, setOpened] = useState(false);
  const count = unread.length;
  const name = count > 0 ? t("bell", { count }) : t("title");
  const shown = (query.data ?? []).slice(0, SHOWN);
  return (
    <>
      <Popover
        opened={opened}
        onChange={setOpened}
        position="bottom-end"
        width="min(380px, calc(100vw - 16px))"
        trapFocus
        returnFocus
      >
        <Indicator
          disabled={count === 0}
          label={count > MOST ? `${MOST}+` : count}
          size={16}
          offset={6}
          color="brand"
        >
          <Popover.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={name}
              title={name}
              onClick={() => setOpened(!opened)}
            >
              <IconBell size={22} stroke={1.6} />
            </ActionIcon>
          </Popover.Target>
        </Indicator>
        <Popover.Dropdown p={0} aria-label={t("title")}>
          <div className={classes.popHead}>
            <h2>{t("title")}</h2>
            <Button
              component={Link}
              to="/notifications"
              variant="subtle"
              size="compact-sm"
              data-autofocus
              onClick={() => setOpened(false)}
            >
              {t("all")}
            </Button>
          </div>
          <div className={classes.list}>
            {query.isPending && <Loading rows={2} />}
            {query.isError && !query.data && (
              <Failed error={query.error} retry={() => void query.refetch()} />
            )}
            {query.data && shown.length === 0 && <p className={classes.none}>{t("none.title")}</p>}
            {shown.map((notice) => (
              <NoticeItem key={notice.id} notice={notice} onRead={() => void read([notice])} />
            ))}
          </div>
        </Popover.Dropdown>
      </Popover>
      <div className="visually-hidden" role="status">
        {count > 0 ? t("bell", { count }) : ""}
      </div>
    </>
  );
}
