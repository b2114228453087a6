import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconHistory } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import type { Role } from "@/api/types";
import { mayManage, useMe } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { done } from "@/lib/undo";
import { Failed, Ready } from "@/ui/States";
import { unlessSecond } from "@/ui/secondPerson";
import { Panel } from "../parts/Panel";
import { differences, inputOf } from "../parts/rights";
import { type RoleVersion, versionsQuery } from "../policy";
import { DifferenceList, useFieldFlags } from "./DifferenceList";
import classes from "./Policy.module.css";
import { WhomItChanges } from "./WhomItChanges";

/** What a role was: who changed it when, what was other then, and the way back. */
export function Versions({ role }: { role: Role }) {
  const { t } = useTranslation("admin");
  const may = mayManage(useMe(), "roles", "manage");
  const [asked, setAsked] = useState<RoleVersion | null>(null);
  const query = useInfiniteQuery(versionsQuery(role.id));
  const phone = useMediaQuery("(max-width: 48em)");
  return (
    <Panel title={t("versions.title")} about={t("versions.about")}>
      <Ready query={query} rows={3}>
        {(data) => (
          <div>
            {data.pages
              .flatMap((page) => page.items)
              .map((one) => (
                <Version
                  key={one.version}
                  one={one}
                  present={one.version === role.version}
                  onBack={may ? () => setAsked(one) : undefined}
                />
              ))}
            {query.hasNextPage && (
              <Button
                variant="subtle"
                loading={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                {t("versions.older")}
              </Button>
            )}
          </div>
        )}
      </Ready>
      <Modal
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t("versions.backTitle", { version: asked?.version })}
        size="xl"
        fullScreen={phone}
      >
        {asked && <Back role={role} to={asked} onClose={() => setAsked(null)} />}
      </Modal>
    </Panel>
  );
}

interface VersionProps {
  one: RoleVersion;
  present: boolean;
  onBack?: () => void;
}

function Version({ one, present, onBack }: VersionProps) {
  const { t } = useTranslation("admin");
  const who = one.by?.name ?? (one.who && t(`admin:versions.who.${one.who}`));
  return (
    <div className={classes.version}>
      <div>
        <Text size="sm" fw={500}>
          {t("versions.one", { version: one.version })}
          {present && ` · ${t("versions.present")}`}
        </Text>
        <Text size="sm" c="dimmed">
          {one.at ? `${dateTime(one.at)} · ${who}` : t("versions.before")}
        </Text>
        <ul className={classes.list}>
          {one.changes.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </div>
      {onBack && !present && (
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconHistory size={14} aria-hidden />}
          aria-label={t("versions.backTitle", { version: one.version })}
          onClick={onBack}
        >
          {t("versions.back")}
        </Button>
      )}
    </div>
  );
}

/** What going back changes, and whom; the server looks at it as at any change. */
function Back({ role, to, onClose }: { role: Role; to: RoleVersion; onClose: () => void }) {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  const found = differences(inputOf(role), to.role, useFieldFlags());
  const goBack = () =>
    request<Role>("POST", `/roles/${role.id}/rollback`, {
      body: { version: to.version },
      version: role.version,
    });
  const back = useMutation({
    mutationFn: async () => {
      try {
        const act = { role: { id: role.id, version: role.version, role: to.role } };
        return await unlessSecond(client, act, t("versions.confirm"), goBack);
      } finally {
        await client.invalidateQueries({ queryKey: ["roles"] });
        void client.invalidateQueries({ queryKey: ["me"] });
      }
    },
    onSuccess: (now) => {
      // A second person is asked instead.
      if (now) done(t("versions.done", { version: to.version }));
      onClose();
    },
  });
  return (
    <Stack>
      {found.length === 0 && <Text size="sm">{t("difference.none")}</Text>}
      <DifferenceList found={found} />
      <WhomItChanges path={`/roles/${role.id}`} version={role.version} body={to.role} />
      {back.error && <Failed error={back.error} names={{ things: t("role.things"), name: t("role.code") }} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("common:cancel")}
        </Button>
        <Button loading={back.isPending} onClick={() => back.mutate()}>
          {t("versions.confirm")}
        </Button>
      </Group>
    </Stack>
  );
}
