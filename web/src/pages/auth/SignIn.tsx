import { Alert, Anchor, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import i18next from "i18next";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem, request } from "@/api/client";
import { providersQuery, waysQuery } from "@/api/queries";
import type { FactorAwaited, Proof } from "@/api/types";
import { forgetKept } from "@/lib/forget";
import { hasPasskeys, passkeyAlone } from "@/lib/passkeys";
import { safe } from "@/lib/safe";
import { Providers } from "@/ui/Providers";
import { Frame, Refusal } from "./Frame";
import { Second } from "./Second";

export default function SignIn() {
  const { t } = useTranslation();
  const go = useNavigate();
  const client = useQueryClient();
  const search = useSearch({ strict: false }) as { to?: string; ended?: string };
  // A session may have ended while no page was open.
  useEffect(forgetKept, []);
  const [awaited, setAwaited] = useState<FactorAwaited | null>(null);
  const [failed, setFailed] = useState<Error | null>(null);
  const [ended, setEnded] = useState(Boolean(search.ended));
  const enter = async () => {
    client.clear();
    await go({ href: safe(search.to), replace: true });
  };
  const show = async (proof: Proof) => {
    await request("POST", "/sessions/factor", { body: proof });
    await enter();
  };
  const shown = useQuery(providersQuery).data;
  const [emergency, setEmergency] = useState(false);
  const byPassword = !shown?.only || emergency;
  return (
    <Frame title={awaited ? t("factors:signIn.title") : t("signIn.title")} foot={t("signIn.note")}>
      {ended && (
        <Alert color="gray" variant="light" role="status">
          {t("signIn.ended")}
        </Alert>
      )}
      {awaited ? (
        <Second
          awaited={awaited}
          text={t("factors:signIn.text")}
          onDone={enter}
          onBack={(problem) => {
            setFailed(problem ? refusedPasskey() : null);
            setAwaited(null);
          }}
        />
      ) : (
        <>
          {shown && <Providers providers={shown.providers} back={safe(search.to)} or={byPassword} />}
          {byPassword ? (
            <First
              failed={failed}
              show={show}
              onTry={() => setEnded(false)}
              onDone={(more) => (more ? setAwaited(more) : void enter())}
            />
          ) : (
            <Anchor component="button" type="button" size="sm" onClick={() => setEmergency(true)}>
              {t("signOn.emergency")}
            </Anchor>
          )}
        </>
      )}
    </Frame>
  );
}

interface FirstProps {
  /** Why it begins anew. */
  failed: Error | null;
  show: (proof: Proof) => Promise<void>;
  onTry: () => void;
  /** Signed in, or what is awaited still. */
  onDone: (awaited?: FactorAwaited) => void;
}

/** The server does not say why, as for a wrong password. */
const refusedPasskey = () => new Error(i18next.t("factors:wrong.passkey"));

/** Login and password; or a passkey, which stands for both. */
function First({ failed, show, onTry, onDone }: FirstProps) {
  const { t } = useTranslation();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [failure, setFailure] = useState<Error | null>(failed);
  const [busy, setBusy] = useState<"password" | "passkey" | null>(null);
  const again = useRef<HTMLInputElement>(null);
  const ways = useQuery(waysQuery);
  const run = async (by: "password" | "passkey", work: () => Promise<void>) => {
    setBusy(by);
    setFailure(null);
    onTry();
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      setFailure(
        by === "passkey" && error instanceof Problem && error.status === 401 ? refusedPasskey() : error,
      );
      setPassword("");
      // The button that was pressed is off while it waits, and has lost the focus.
      if (by === "password") again.current?.focus();
    } finally {
      setBusy(null);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run("password", async () => {
      const body = { login, password };
      const answer = await request<FactorAwaited | undefined>("POST", "/sessions", { body });
      onDone(answer && "factors" in answer ? answer : undefined);
    });
  };
  return (
    <form onSubmit={submit} aria-labelledby="title">
      <Stack>
        {failure && <Refusal error={failure} />}
        <TextInput
          label={t("signIn.login")}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={login}
          onChange={(e) => setLogin(e.currentTarget.value)}
          required
          withAsterisk={false}
          autoFocus
        />
        <PasswordInput
          ref={again}
          label={t("signIn.password")}
          autoComplete="current-password"
          value={password}
          onChange={(e) => setPassword(e.currentTarget.value)}
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={busy === "password"} fullWidth>
          {t("signIn.button")}
        </Button>
        {hasPasskeys() && (
          <Button
            variant="default"
            fullWidth
            loading={busy === "passkey"}
            leftSection={<IconKey size={16} aria-hidden />}
            onClick={() => void run("passkey", async () => show(await passkeyAlone()))}
          >
            {t("factors:use.signIn")}
          </Button>
        )}
        {ways.data?.resets && (
          <Anchor href="/forgotten" size="sm">
            {t("forgotten.title")}
          </Anchor>
        )}
      </Stack>
    </form>
  );
}
