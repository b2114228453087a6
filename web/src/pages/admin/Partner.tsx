// One partner organisation: who it is, on what ground data are shared with it, who signs in for it, what it sees now.
import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "@/api/client";
import type { Partner as PartnerView } from "@/api/types";
import { mayManage, useMe } from "@/lib/entities";
import { DISCLOSURES } from "@/lib/paths";
import { done, failed } from "@/lib/undo";
import { confirmAct } from "@/ui/confirmAct";
import { Ready } from "@/ui/States";
import classes from "./Admin.module.css";
import { Agreements } from "./partners/Agreements";
import { type PartnerDraft, PartnerFields, usePartnerNames } from "./partners/NewPartner";
import { PartnerGrants } from "./partners/PartnerGrants";
import { PartnerState } from "./partners/PartnerState";
import { PartnerUsers } from "./partners/PartnerUsers";
import { partnerQuery, usePatchPartner } from "./partners/queries";
import { Registrations } from "./partners/Registrations";
import { AdminPage } from "./parts/AdminPage";
import { DialogForm, FormDialog } from "./parts/FormDialog";
import { Facts, Panel } from "./parts/Panel";

export default function Partner() {
  const { id } = useParams({ strict: false }) as { id: string };
  return <One key={id} id={id} />;
}

function One({ id }: { id: string }) {
  const { t } = useTranslation("partners");
  const me = useMe();
  const partner = useQuery(partnerQuery(id));
  const may = mayManage(me, "users", "manage");
  return (
    <AdminPage
      title={partner.data?.name ?? t("one")}
      tab={t("one")}
      trail={[{ to: "/admin/partners", label: t("title") }]}
    >
      <Ready query={partner}>
        {(found) => (
          <Stack>
            <Data partner={found} may={may} />
            <Agreements partner={found} may={may} />
            <PartnerUsers partner={found} may={may} />
            <PartnerGrants partner={found} />
            <Registrations partner={found} may={may} />
            {mayManage(me, "ledger") && (
              <Panel title={t("disclosures:title")} about={t("disclosuresAbout")}>
                <Anchor component={Link} to={DISCLOSURES} search={{ partner: found.id } as never} size="sm">
                  {t("showDisclosures")}
                </Anchor>
              </Panel>
            )}
          </Stack>
        )}
      </Ready>
    </AdminPage>
  );
}

function Data({ partner, may }: { partner: PartnerView; may: boolean }) {
  const { t } = useTranslation("partners");
  const patch = usePatchPartner(partner);
  const [editing, setEditing] = useState(false);
  const active = (partner.users ?? []).filter((user) => user.active).length;
  const suspend = () =>
    confirmAct({
      title: t("suspendTitle", { name: partner.name }),
      consequence: t("suspendText", { count: active }),
      button: t("suspend"),
      run: async () => {
        await patch({ active: false });
        done(t("suspended"));
      },
    });
  const letIn = async () => {
    await patch({ active: true });
    done(t("letIn"));
  };
  return (
    <Panel title={t("data")} actions={<PartnerState partner={partner} />}>
      <Facts
        items={[
          [t("name"), partner.name],
          [t("contactName"), partner.contact?.name],
          [t("contactEmail"), partner.contact?.email],
          [t("contactPhone"), partner.contact?.phone],
        ]}
      />
      {may && (
        <Group>
          <Button variant="default" onClick={() => setEditing(true)}>
            {t("edit")}
          </Button>
          {partner.active ? (
            <Button variant="light" color="red" onClick={suspend}>
              {t("suspend")}
            </Button>
          ) : (
            <Button variant="default" onClick={() => letIn().catch(failed)}>
              {t("activate")}
            </Button>
          )}
        </Group>
      )}
      {!partner.active && (
        <Text size="sm" c="dimmed" maw={720}>
          {t("suspendedText")}
        </Text>
      )}
      <FormDialog opened={editing} onClose={() => setEditing(false)} title={t("edit")} size="lg">
        <Edit partner={partner} onClose={() => setEditing(false)} />
      </FormDialog>
    </Panel>
  );
}

function Edit({ partner, onClose }: { partner: PartnerView; onClose: () => void }) {
  const { t } = useTranslation("partners");
  const patch = usePatchPartner(partner);
  const names = usePartnerNames();
  const { contact } = partner;
  const [draft, setDraft] = useState<PartnerDraft>({
    name: partner.name,
    contact: { name: contact?.name ?? "", email: contact?.email ?? "", phone: contact?.phone ?? "" },
  });
  const save = useMutation({
    mutationFn: () => patch(draft),
    onSuccess: () => {
      done(t("saved"));
      onClose();
    },
  });
  return (
    <DialogForm button={t("common:save")} sending={save} names={names} onCancel={onClose}>
      <div className={classes.form}>
        <PartnerFields value={draft} onChange={setDraft} problem={problemOf(save.error)} />
      </div>
    </DialogForm>
  );
}
