import { Checkbox, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Problem, problemOf, request } from "@/api/client";
import type { Partner } from "@/api/types";
import { useToday } from "@/lib/days";
import { partnerPath } from "@/lib/paths";
import { done } from "@/lib/undo";
import classes from "../Admin.module.css";
import { DialogForm, FormDialog } from "../parts/FormDialog";
import { AgreementFields, useAgreementNames } from "./AgreementFields";
import { firstAgreement, inputOf } from "./agreement";

export interface PartnerDraft {
  name: string;
  contact: { name: string; email: string; phone: string };
}

const EMPTY: PartnerDraft = { name: "", contact: { name: "", email: "", phone: "" } };

export function usePartnerNames(): Record<string, string> {
  const { t } = useTranslation("partners");
  return {
    name: t("name"),
    "contact.name": t("contactName"),
    "contact.email": t("contactEmail"),
    "contact.phone": t("contactPhone"),
  };
}

interface FieldsProps {
  value: PartnerDraft;
  onChange: (value: PartnerDraft) => void;
  problem: Problem | null;
}

/** Who the partner is, and whom to talk to there. */
export function PartnerFields({ value, onChange, problem }: FieldsProps) {
  const { t } = useTranslation("partners");
  const contact = (part: Partial<PartnerDraft["contact"]>) =>
    onChange({ ...value, contact: { ...value.contact, ...part } });
  return (
    <>
      <TextInput
        label={t("name")}
        required
        maxLength={200}
        autoComplete="off"
        data-autofocus
        className={classes.wide}
        value={value.name}
        error={problem?.issue("name")}
        onChange={(e) => onChange({ ...value, name: e.currentTarget.value })}
      />
      <TextInput
        label={t("contactName")}
        maxLength={100}
        autoComplete="off"
        value={value.contact.name}
        error={problem?.issue("contact.name")}
        onChange={(e) => contact({ name: e.currentTarget.value })}
      />
      <TextInput
        label={t("contactEmail")}
        type="email"
        maxLength={254}
        autoComplete="off"
        value={value.contact.email}
        error={problem?.issue("contact.email")}
        onChange={(e) => contact({ email: e.currentTarget.value })}
      />
      <TextInput
        label={t("contactPhone")}
        type="tel"
        maxLength={100}
        autoComplete="off"
        value={value.contact.phone}
        error={problem?.issue("contact.phone")}
        onChange={(e) => contact({ phone: e.currentTarget.value })}
      />
    </>
  );
}

interface Props {
  opened: boolean;
  onClose: () => void;
}

export function NewPartner({ opened, onClose }: Props) {
  const { t } = useTranslation("partners");
  return (
    <FormDialog opened={opened} onClose={onClose} title={t("add")} size="lg">
      <Form onClose={onClose} />
    </FormDialog>
  );
}

function Form({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("partners");
  const client = useQueryClient();
  const go = useNavigate();
  const today = useToday();
  const [draft, setDraft] = useState(EMPTY);
  const [agreed, setAgreed] = useState(true);
  const [agreement, setAgreement] = useState(() => firstAgreement(today));
  const names = { ...usePartnerNames(), ...useAgreementNames("agreement") };
  const make = useMutation({
    mutationFn: () =>
      request<Partner>("POST", "/partners", {
        body: { ...draft, ...(agreed && { agreement: inputOf(agreement) }) },
      }),
    onSuccess: (partner) => {
      void client.invalidateQueries({ queryKey: ["partners"] });
      done(t("made"));
      onClose();
      void go({ to: partnerPath(partner.id) });
    },
  });
  const problem = problemOf(make.error);
  return (
    <DialogForm button={t("add")} sending={make} names={names} onCancel={onClose}>
      <div className={classes.form}>
        <PartnerFields value={draft} onChange={setDraft} problem={problem} />
        <Checkbox
          label={t("withAgreement")}
          description={t("withAgreementHelp")}
          className={classes.wide}
          checked={agreed}
          onChange={(e) => setAgreed(e.currentTarget.checked)}
        />
        {agreed && (
          <AgreementFields
            value={agreement}
            onChange={(change) => setAgreement({ ...agreement, ...change })}
            problem={problem}
            within="agreement"
          />
        )}
      </div>
    </DialogForm>
  );
}
