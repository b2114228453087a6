// Deals that the user's organisation registered: what, when, by whom, how each stands and until when it is protected.
import { Anchor, Button, Text } from "@mantine/core";
import { IconFlag, IconLock, IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Registration } from "@/api/types";
import { useMe } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { registrationsQuery } from "@/lib/registrations";
import { FormDialog } from "@/pages/admin/parts/FormDialog";
import { More } from "@/pages/record/tabs/More";
import items from "@/pages/shared/GrantItem.module.css";
import { Page } from "@/ui/Page";
import { RegistrationState } from "@/ui/RegistrationState";
import { Empty, Ready } from "@/ui/States";
import { Register } from "./Register";

export default function Registrations() {
  const { t } = useTranslation("partner");
  const me = useMe();
  const query = useInfiniteQuery(registrationsQuery());
  const [adding, setAdding] = useState(false);
  const open = Boolean(me.partner?.registers);
  const add = open && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
      {t("register.do")}
    </Button>
  );
  const lead = (
    <Text size="sm" c="dimmed" maw={720}>
      {open ? t("registered.lead", { house: me.organisation }) : t("registered.closed")}
    </Text>
  );
  return (
    <Page title={t("registered.title")} tab={t("registered.title")} lead={lead} actions={add}>
      <Ready query={query}>
        {({ pages }) => {
          const all = pages.flatMap((page) => page.items);
          if (all.length === 0)
            return (
              <Empty
                icon={<IconFlag size={32} stroke={1.5} aria-hidden />}
                title={t("registered.none.title")}
              >
                {open && t("registered.none.text")}
              </Empty>
            );
          return (
            <>
              <ul className={items.list} aria-label={t("registered.title")}>
                {all.map((one) => (
                  <One key={one.id} one={one} />
                ))}
              </ul>
              <More label={t("more")} query={query} />
            </>
          );
        }}
      </Ready>
      <FormDialog opened={adding} onClose={() => setAdding(false)} title={t("register.do")} size="lg">
        <Register onClose={() => setAdding(false)} />
      </FormDialog>
    </Page>
  );
}

function One({ one }: { one: Registration }) {
  const { t } = useTranslation("partner");
  return (
    <li className={items.grant} data-over={!one.shared || undefined}>
      <div className={items.what}>
        <div className={items.head}>
          <span className={items.title}>
            {one.shared ? <IconFlag size={14} aria-hidden /> : <IconLock size={14} aria-hidden />}
            {one.shared ? (
              <Anchor component={Link} to={recordPath("leads", one.id)} inherit className={items.name}>
                {one.company || t("registered.unnamed")}
              </Anchor>
            ) : (
              <span className={items.name}>{t("registered.unseen")}</span>
            )}
          </span>
        </div>
        <p>{t("registered.by", { name: one.by.name, at: dateTime(one.at) })}</p>
        <p>{t(one.shared ? "registered.until" : "registered.over", { at: dateTime(one.until) })}</p>
      </div>
      <RegistrationState of={one} />
    </li>
  );
}
