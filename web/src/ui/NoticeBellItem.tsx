import { Anchor, Button } from "@mantine/core";
import { IconCheck, IconPointFilled } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Notice } from "@/api/types";
import { findEntity, mayManage, useEntities, useMe } from "@/lib/entities";
import { dateTime, relative } from "@/lib/format";
import { handOverPath, REVIEWS, recordPath, userPath } from "@/lib/paths";
import classes from "./NoticeBell.module.css";
import { passFocus } from "./passFocus";
import tray from "./Tray.module.css";

/** About a person of whom something is to be known or decided. */
const PERSON = ["rights-gained", "email-lost", "email-change-declined"];
/** What is told of requests for access and for approval. */
const REQUESTS = ["access-asked", "access-granted", "access-not-granted", "access-lapsed"].concat(
  ["asked", "approved", "declined", "withdrawn", "lapsed", "expired", "void"].map((how) => `approval-${how}`),
);
/** Of reviews of access, to those who decide. */
const REVIEWS_OWN = ["access-review-asked", "access-review-soon"];
/** And to whoever began one, who is told too when nobody is left to decide. */
const REVIEWS_BEGUN = ["access-review-soon", "access-review-ended"];
/** And of cover for absences. */
const COVERS = ["cover-given", "cover-set-up", "cover-ended"];

interface Props {
  notice: Notice;
  onRead: () => void;
  heading?: "h2" | "h3";
}

export function NoticeItem({ notice, onRead, heading: Heading = "h3" }: Props) {
  const { t } = useTranslation("notices");
  const me = useMe();
  const unread = notice.read_at === null;
  return (
    <article className={`${tray.item} ${unread ? "" : tray.read}`}>
      <div className={tray.head}>
        <Heading className={tray.title}>
          {unread && (
            <span className={classes.mark}>
              <IconPointFilled size={14} aria-hidden />
              {t("unread")}
            </span>
          )}
          {notice.title}
        </Heading>
        <time dateTime={notice.at} title={dateTime(notice.at)} className={tray.when}>
          {relative(notice.at)}
        </time>
      </div>
      <p className={classes.body}>{notice.body}</p>
      {notice.code === "hand-over-asked" && notice.about && (
        <Anchor component={Link} to={handOverPath(notice.about)} size="sm">
          {t("handOver")}
        </Anchor>
      )}
      {REQUESTS.includes(notice.code) && (
        <Anchor component={Link} to="/access-requests" size="sm">
          {t("requests")}
        </Anchor>
      )}
      {REVIEWS_OWN.includes(notice.code) && (
        <Anchor component={Link} to={REVIEWS} size="sm">
          {t("reviews")}
        </Anchor>
      )}
      {REVIEWS_BEGUN.includes(notice.code) && mayManage(me, "users") && (
        <Anchor component={Link} to={`/admin${REVIEWS}`} size="sm">
          {t("reviewReports")}
        </Anchor>
      )}
      {COVERS.includes(notice.code) && (
        <Anchor component={Link} to="/account" search={{ tab: "cover" } as never} size="sm">
          {t("covers")}
        </Anchor>
      )}
      {PERSON.includes(notice.code) && notice.about && mayManage(me, "users") && (
        <Anchor component={Link} to={userPath(notice.about)} size="sm">
          {t("person")}
        </Anchor>
      )}
      <GrantLinks notice={notice} />
      {unread && (
        <Button
          size="compact-sm"
          variant="subtle"
          className={classes.read}
          leftSection={<IconCheck size={14} aria-hidden />}
          aria-label={t("readOne", { title: notice.title })}
          onClick={(event) => {
            passFocus(event.currentTarget);
            onRead();
          }}
        >
          {t("read")}
        </Button>
      )}
    </article>
  );
}

/** Of a record that was shared: the way to it, as long as it is seen, and to where that is renewed or ended. */
function GrantLinks({ notice: { code, record } }: { notice: Notice }) {
  const { t } = useTranslation("notices");
  const entity = findEntity(useEntities(), record?.entity ?? "");
  if (!code.startsWith("grant-")) return null;
  return (
    <div className={classes.links}>
      {record && entity && (
        <Anchor component={Link} to={recordPath(entity.plural, record.id)} size="sm">
          {t("record")}
        </Anchor>
      )}
      <Anchor component={Link} to={"/shared" as string} size="sm">
        {t("shared")}
      </Anchor>
    </div>
  );
}
