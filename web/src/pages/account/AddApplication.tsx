import { Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type RefObject, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, request } from "@/api/client";
import type { Factor } from "@/api/types";
import { done } from "@/lib/undo";
import { DialogForm, FormDialog } from "@/pages/admin/parts/FormDialog";
import { Ready } from "@/ui/States";
import { useFactorsAgain } from "./Security";
import classes from "./Security.module.css";

interface Begun {
  secret: string;
  uri: string;
  qr: { size: number; path: string };
}

interface Props {
  opened: boolean;
  onClose: () => void;
}

/** An application with codes: its secret, then a code that proves that it was taken over. */
export function AddApplication({ opened, onClose }: Props) {
  const { t } = useTranslation("account");
  return (
    <FormDialog opened={opened} onClose={onClose} title={t("totp.title")} size="lg">
      <ApplicationForm
        onCancel={onClose}
        onAdded={() => {
          done(t("security.added"));
          onClose();
        }}
      />
    </FormDialog>
  );
}

interface FormProps {
  onCancel: () => void;
  onAdded: () => void;
}

export function ApplicationForm(props: FormProps) {
  // The secret is shown here and kept nowhere: it goes with the form.
  const begun = useQuery({
    queryKey: ["factors", "begun"],
    queryFn: () => request<Begun>("POST", "/me/factors/totp"),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return <Ready query={begun}>{(secret) => <Confirm begun={secret} {...props} />}</Ready>;
}

function Confirm({ begun, onCancel, onAdded }: FormProps & { begun: Begun }) {
  const { t } = useTranslation("account");
  const again = useFactorsAgain();
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(() => t("totp.named"));
  const [code, setCode] = useState("");
  const add = useMutation({
    mutationFn: () =>
      request<Factor>("POST", "/me/factors", { body: { name, totp: code.replace(/\s/g, "") } }),
    onSuccess: () => {
      again();
      onAdded();
    },
    onError: () => {
      setCode("");
      input.current?.focus();
    },
  });
  const problem = problemOf(add.error);
  const wrong = problem?.status === 401 ? t("totp.wrong") : problem?.issue("totp");
  const names = { name: t("security.name"), totp: t("totp.code") };
  const sending = { ...add, error: wrong || problem?.issue("name") ? null : add.error };
  return (
    <DialogForm button={t("totp.confirm")} sending={sending} names={names} onCancel={onCancel}>
      <Secret begun={begun} />
      <CodeInput input={input} code={code} wrong={wrong} onChange={setCode} />
      <FactorName value={name} error={problem?.issue("name")} onChange={setName} />
    </DialogForm>
  );
}

function Secret({ begun: { secret, qr } }: { begun: Begun }) {
  const { t } = useTranslation("account");
  const groups = secret.match(/.{1,4}/g) ?? [];
  return (
    <div className={classes.secret}>
      <svg
        className={classes.qr}
        viewBox={`-4 -4 ${qr.size + 8} ${qr.size + 8}`}
        role="img"
        aria-label={t("totp.qr")}
        shapeRendering="crispEdges"
      >
        <path d={qr.path} fill="#000" />
      </svg>
      <Stack gap="xs">
        <Text size="sm">{t("totp.text")}</Text>
        <Text size="sm">{t("totp.byHand")}</Text>
        <div className={classes.groups} data-secret>
          {groups.map((group, at) => (
            <span key={`${at} ${group}`}>{group}</span>
          ))}
        </div>
      </Stack>
    </div>
  );
}

interface CodeProps {
  input: RefObject<HTMLInputElement | null>;
  code: string;
  wrong?: string;
  onChange: (code: string) => void;
}

function CodeInput({ input, code, wrong, onChange }: CodeProps) {
  const { t } = useTranslation("account");
  return (
    <TextInput
      ref={input}
      label={t("totp.code")}
      description={t("totp.codeHelp")}
      autoComplete="one-time-code"
      inputMode="numeric"
      required
      autoFocus
      value={code}
      error={wrong}
      onChange={(e) => onChange(e.currentTarget.value)}
    />
  );
}

/** What its user calls it. */
export function FactorName(props: { value: string; error?: string; onChange: (name: string) => void }) {
  const { t } = useTranslation("account");
  return (
    <TextInput
      label={t("security.name")}
      description={t("security.nameHelp")}
      required
      maxLength={100}
      autoComplete="off"
      value={props.value}
      error={props.error}
      onChange={(e) => props.onChange(e.currentTarget.value)}
    />
  );
}
