import { Button, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import type { FactorAwaited, SignedIn } from "@/api/types";
import { isAwaited } from "@/lib/atProvider";
import { safe } from "@/lib/safe";
import { Loading } from "@/ui/States";
import { Frame, Refusal } from "./Frame";
import { Second } from "./Second";

/** What the provider put into the address; it does not stay there. */
function taken() {
  const found = new URLSearchParams(location.search);
  history.replaceState(history.state, "", location.pathname);
  const of = (name: string) => found.get(name) ?? undefined;
  return { state: of("state") ?? "", code: of("code"), iss: of("iss"), error: of("error") };
}

/** Where a provider of single sign-on sends the browser back to. */
export default function Return() {
  const { t } = useTranslation();
  const go = useNavigate();
  const client = useQueryClient();
  const { provider = "" } = useParams({ strict: false });
  const [came] = useState(taken);
  const [failure, setFailure] = useState<Error | null>(null);
  const [awaited, setAwaited] = useState<FactorAwaited | null>(null);
  const sent = useRef(false);
  const enter = async (back?: string) => {
    client.clear();
    await go({ href: safe(back), replace: true });
  };
  useEffect(() => {
    // What came back is good once.
    if (sent.current) return;
    sent.current = true;
    request<SignedIn | FactorAwaited>("POST", "/sign-on/finish", { body: { provider, ...came } })
      .then((answer) => ("factors" in answer ? setAwaited(answer) : enter(answer.back)))
      .catch((error) => setFailure(error instanceof Error ? error : new Error(String(error))));
  });
  return (
    <Frame title={awaited ? t("factors:signIn.title") : t("signIn.title")} foot={null}>
      {failure && <Failure error={failure} />}
      {awaited && (
        <Second
          awaited={awaited}
          text={t("signOn.more")}
          onDone={() => enter(awaited.back)}
          onBack={() => void go({ to: "/sign-in", replace: true })}
        />
      )}
      {!failure && !awaited && <Loading rows={2} />}
    </Frame>
  );
}

/** Why it came to nothing, and the way on: to the page that waits for this window, if one does. */
function Failure({ error }: { error: Error }) {
  const { t } = useTranslation();
  const [awaited, setAwaited] = useState<boolean | null>(null);
  useEffect(() => void isAwaited().then(setAwaited), []);
  return (
    <>
      <Refusal error={error} />
      {awaited === true && <Text size="sm">{t("factors:confirmed.back")}</Text>}
      {awaited === false && (
        <Button component="a" href="/sign-in" fullWidth>
          {t("link.toSignIn")}
        </Button>
      )}
    </>
  );
}
