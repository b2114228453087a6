import { Badge, Button, Text } from "@mantine/core";
import { IconDeviceDesktop, IconKey } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Place, Session } from "@/api/types";
import { dateTime, relative } from "@/lib/format";
import { placeText, withPlace } from "@/lib/place";
import { Fact } from "@/ui/States";
import { clientName } from "./clientName";
import { type Column, Rows } from "./Rows";

interface Props {
  sessions: Session[];
  /** Ends one; without it they are only shown. */
  onEnd?: (session: Session) => void;
}

/** What a session or token is called: by its owner, by its program, or by where it comes from. */
export const sessionName = (s: Session): string => s.label || clientName(s.client) || s.network;

function Client({ session }: { session: Session }) {
  const { t } = useTranslation("admin");
  const token = session.kind === "token";
  const Icon = token ? IconKey : IconDeviceDesktop;
  return (
    <Fact kind="muted">
      <Icon size={16} aria-hidden />
      <Text span size="sm" c="var(--mantine-color-text)" title={session.client}>
        {token ? session.label : clientName(session.client) || t("session.unknownClient")}
      </Text>
      {session.current && (
        <Badge size="sm" variant="light" color="green" tt="none">
          {t("session.current")}
        </Badge>
      )}
      {token && (
        <Badge size="sm" variant="light" color="gray" tt="none">
          {t("session.token")}
        </Badge>
      )}
    </Fact>
  );
}

const Moment = ({ at }: { at: string }) => (
  <time dateTime={at} title={at}>
    {dateTime(at)}
  </time>
);

function Address({ address, place }: { address: string; place: Place | undefined }) {
  const where = placeText(place);
  return (
    <div>
      {address}
      {where && (
        <Text size="xs" c="dimmed">
          {where}
        </Text>
      )}
    </div>
  );
}

/** When it was last used, and from where if not from where it began. */
function Seen({ session: s }: { session: Session }) {
  return (
    <div>
      <time dateTime={s.seen_at} title={s.seen_at}>
        {relative(s.seen_at)}
      </time>
      {s.seen_from && s.seen_from !== s.network && (
        <Text size="xs" c="dimmed">
          {withPlace(s.seen_from, s.seen_place)}
        </Text>
      )}
    </div>
  );
}

export function SessionTable({ sessions, onEnd }: Props) {
  const { t } = useTranslation("admin");
  const columns: Column<Session>[] = [
    { key: "client", label: t("session.client"), cell: (s) => <Client session={s} /> },
    {
      key: "network",
      label: t("session.network"),
      cell: (s) => <Address address={s.network} place={s.place} />,
      sort: (s) => s.network,
    },
    {
      key: "created",
      label: t("session.created"),
      cell: (s) => <Moment at={s.created_at} />,
      sort: (s) => s.created_at,
    },
    {
      key: "seen",
      label: t("session.seen"),
      cell: (s) => <Seen session={s} />,
      sort: (s) => s.seen_at,
    },
    { key: "ends", label: t("session.ends"), cell: (s) => <Moment at={s.ends_at} />, sort: (s) => s.ends_at },
  ];
  if (onEnd)
    columns.push({
      key: "end",
      label: t("session.acts"),
      quiet: true,
      end: true,
      cell: (s) =>
        s.current ? null : (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t(s.kind === "token" ? "session.revokeOf" : "session.endOf", {
              client: sessionName(s),
            })}
            onClick={() => onEnd(s)}
          >
            {t(s.kind === "token" ? "session.revoke" : "session.end")}
          </Button>
        ),
    });
  return <Rows label={t("session.list")} columns={columns} rows={sessions} keyOf={(s) => s.id} />;
}
