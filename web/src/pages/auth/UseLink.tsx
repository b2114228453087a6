import { Alert, Button, PasswordInput, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem, problemOf, request } from "@/api/client";
import { providersQuery } from "@/api/queries";
import type { components } from "@/api/schema";
import { Reasons, reasons } from "@/ui/PasswordReasons";
import { Providers } from "@/ui/Providers";
import { Loading } from "@/ui/States";
import { Done, Frame } from "./Frame";
import { isGone, Unusable } from "./Unusable";
import { UseAddress } from "./UseAddress";

export type Told = components["schemas"]["Link"];

/** Whoever has a link from a letter, or from an administrator, does the one thing that it is good for. */
export default function UseLink() {
  // What stands behind `#` never left the browser; it does not stay in the address either.
  const [link] = useState(() => location.hash.slice(1));
  useEffect(() => history.replaceState(history.state, "", location.pathname), []);
  const look = useQuery({
    queryKey: ["link"],
    queryFn: () => request<Told>("POST", "/links/look", { body: { link } }),
    // The letter was opened once: a server that is busy or on its way up is asked again.
    retry: (count, error) => count < 4 && error instanceof Problem && [429, 503].includes(error.status),
    retryDelay: (count) => 2_000 * 2 ** count,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const { t } = useTranslation();
  const told = look.data;
  if (look.error) return <Unusable error={look.error} retry={() => void look.refetch()} />;
  if (!told)
    return (
      <Frame title={t("link.look")}>
        <Loading rows={2} />
      </Frame>
    );
  if (told.purpose === "email" || told.purpose === "email_refusal")
    return <UseAddress link={link} told={told} />;
  return <Choose link={link} told={told} />;
}

/** A first or another password. */
function Choose({ link, told }: { link: string; told: Told }) {
  const { t } = useTranslation();
  const [next, setNext] = useState("");
  const choose = useMutation({
    mutationFn: () => request("POST", "/links/password", { body: { link, new: next } }),
    onSuccess: () => setNext(""),
  });
  const shown = useQuery(providersQuery).data;
  const problem = problemOf(choose.error);
  const weak = reasons(problem).length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!choose.isPending && !choose.isSuccess) choose.mutate();
  };
  const invited = told.purpose === "invitation";
  const title = invited ? t("link.invitation") : t("link.title");
  if (isGone(choose.error) && choose.error) return <Unusable error={choose.error} retry={choose.mutate} />;
  if (choose.isSuccess)
    return (
      <Frame title={title} foot={null}>
        <Done to="/sign-in" next={t("link.toSignIn")}>
          {t("link.done")}
        </Done>
      </Frame>
    );
  return (
    <Frame title={title} onSubmit={submit}>
      {problem && !weak && (
        <Alert color="red" variant="light" role="alert" title={problem.title}>
          {problem.message}
        </Alert>
      )}
      {invited && shown && shown.providers.length > 0 && (
        <>
          <Text size="sm">{t("link.invited", { login: told.login, organisation: told.organisation })}</Text>
          <Providers providers={shown.providers} invitation={link} or={!shown.only} />
        </>
      )}
      {!(invited && shown?.only) && (
        <Password told={told} value={next} onChange={setNext} problem={weak ? problem : null}>
          <Button type="submit" loading={choose.isPending} fullWidth>
            {t("link.button")}
          </Button>
        </Password>
      )}
    </Frame>
  );
}

interface PasswordProps {
  told: Told;
  value: string;
  onChange: (value: string) => void;
  /** Why it is a weak one. */
  problem: Problem | null;
  children: ReactNode;
}

function Password({ told, value, onChange, problem, children }: PasswordProps) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm">{t("link.about", { login: told.login, organisation: told.organisation })}</Text>
      <input
        type="text"
        name="username"
        autoComplete="username"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={t("signIn.login")}
        value={told.login}
        readOnly
      />
      <PasswordInput
        label={t("link.new")}
        description={t("link.help")}
        autoComplete="new-password"
        required
        withAsterisk={false}
        autoFocus
        value={value}
        error={problem && <Reasons problem={problem} />}
        aria-invalid={problem !== null || undefined}
        errorProps={{ component: "div" }}
        onChange={(e) => onChange(e.currentTarget.value)}
      />
      {children}
    </>
  );
}
