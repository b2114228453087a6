import { Anchor, Button, Checkbox, Group, List, Modal, Radio, Stack, Text, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { mayAt, useMe } from "@/lib/entities";
import { recordPath } from "@/lib/paths";
import { ReferenceInput } from "@/ui/ReferenceInput";
import { useReturnFocus } from "@/ui/returnFocus";
import { Failed } from "@/ui/States";
import { useHere } from "../here";
import { type Converted, useActs } from "../useActs";

/** A lead becomes a person, a company and, if wanted, a deal. */
export function ConvertDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("record");
  useReturnFocus();
  const [made, setMade] = useState<Converted | null>(null);
  return (
    <Modal opened onClose={onClose} title={made ? t("convert.done") : t("convert.title")} size="md">
      {made ? <Made made={made} onClose={onClose} /> : <Form onMade={setMade} onClose={onClose} />}
    </Modal>
  );
}

function Form({ onMade, onClose }: { onMade: (made: Converted) => void; onClose: () => void }) {
  const { t } = useTranslation("record");
  const { record, title } = useHere();
  const me = useMe();
  const acts = useActs();
  const named = typeof record.fields.company_name === "string" ? record.fields.company_name : "";
  const [which, setWhich] = useState<"new" | "known">(named ? "new" : "known");
  const [company, setCompany] = useState<string | null>(null);
  const mayDeal = mayAt(me, "create", "deal");
  const [withDeal, setWithDeal] = useState(mayDeal);
  const [deal, setDeal] = useState(named || title);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const missing = (which === "known" && named !== "" && !company) || (withDeal && deal.trim() === "");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (missing) return;
    setBusy(true);
    setProblem(null);
    try {
      onMade(await acts.convert(which === "known" ? company : null, withDeal ? deal.trim() : null));
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t("convert.text")}
        </Text>
        {named && (
          <Radio.Group
            label={t("convert.company")}
            value={which}
            onChange={(v) => setWhich(v as "new" | "known")}
          >
            <Stack gap="xs" mt={4}>
              <Radio value="new" label={t("convert.newCompany", { name: named })} />
              <Radio value="known" label={t("convert.knownCompany")} />
            </Stack>
          </Radio.Group>
        )}
        {which === "known" && (
          <ReferenceInput
            entity="company"
            label={named ? t("convert.choose") : t("convert.chooseOptional")}
            value={company}
            onChange={setCompany}
            clearable
            required={named !== ""}
          />
        )}
        {mayDeal && (
          <Checkbox
            label={t("convert.withDeal")}
            checked={withDeal}
            onChange={(e) => setWithDeal(e.currentTarget.checked)}
          />
        )}
        {withDeal && (
          <TextInput
            label={t("convert.dealName")}
            required
            maxLength={250}
            value={deal}
            onChange={(e) => setDeal(e.currentTarget.value)}
          />
        )}
        {problem !== null && <Failed error={problem} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" loading={busy} disabled={missing}>
            {t("convert.button")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Made({ made, onClose }: { made: Converted; onClose: () => void }) {
  const { t } = useTranslation("record");
  const links: [string, string | null, string][] = [
    ["people", made.person, t("convert.toPerson")],
    ["companies", made.company, t("convert.toCompany")],
    ["deals", made.deal, t("convert.toDeal")],
  ];
  return (
    <Stack>
      <Text size="sm" role="status">
        {t("convert.doneText")}
      </Text>
      <List size="sm">
        {links.map(
          ([plural, id, label]) =>
            id && (
              <List.Item key={plural}>
                <Anchor component={Link} to={recordPath(plural, id)} inherit>
                  {label}
                </Anchor>
              </List.Item>
            ),
        )}
      </List>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t("common:close")}
        </Button>
      </Group>
    </Stack>
  );
}
