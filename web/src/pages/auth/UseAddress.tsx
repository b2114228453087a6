import { Alert, Button, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { problemOf, request } from "@/api/client";
import { Done, Frame } from "./Frame";
import { isGone, Unusable } from "./Unusable";
import type { Told } from "./UseLink";

type Answer = "email" | "refuse-email";

/** What each of the two is told, by what it answered. */
const WORDS = {
  email: { title: "address.title", about: "address.about", refuse: "address.refuseNew" },
  email_refusal: { title: "address.oldTitle", about: "address.oldAbout", refuse: "address.refuse" },
} as const;

/** Whoever has a link from a letter about an address confirms or refuses it. */
export function UseAddress({ link, told }: { link: string; told: Told }) {
  const { t } = useTranslation();
  const isOld = told.purpose === "email_refusal";
  const words = WORDS[isOld ? "email_refusal" : "email"];
  const use = useMutation({
    mutationFn: (answer: Answer) =>
      request<{ made: boolean } | undefined>("POST", `/links/${answer}`, { body: { link } }),
  });
  const problem = problemOf(use.error);
  const answer = (given: Answer) => {
    if (!use.isPending && !use.isSuccess) use.mutate(given);
  };
  const about = { email: told.email, login: told.login, organisation: told.organisation };
  const title = told.confirms ? t(words.title) : t("address.refuseTitle");
  if (isGone(use.error) && use.error)
    return <Unusable error={use.error} retry={() => use.mutate(use.variables ?? "email")} />;
  if (use.isSuccess)
    return (
      <Frame title={title} foot={null}>
        <Said refused={use.variables === "refuse-email"} isOld={isOld} made={use.data?.made ?? false} />
      </Frame>
    );
  const waits = (given: Answer) => use.isPending && use.variables === given;
  return (
    <Frame title={title}>
      {problem && (
        <Alert color="red" variant="light" role="alert" title={problem.title}>
          {problem.message}
        </Alert>
      )}
      <Text size="sm">{told.confirms ? t(words.about, about) : t("address.refuseAbout", about)}</Text>
      <Stack gap="sm">
        {told.confirms && (
          <Button onClick={() => answer("email")} loading={waits("email")} fullWidth>
            {isOld ? t("address.agree") : t("address.confirm")}
          </Button>
        )}
        <Button
          variant={told.confirms ? "light" : "filled"}
          color="red"
          onClick={() => answer("refuse-email")}
          loading={waits("refuse-email")}
          fullWidth
        >
          {t(words.refuse)}
        </Button>
      </Stack>
    </Frame>
  );
}

/** What came of it. */
function Said({ refused, isOld, made }: { refused: boolean; isOld: boolean; made: boolean }) {
  const { t } = useTranslation();
  if (refused && isOld)
    return (
      <Done to="/forgotten" next={t("address.secure")}>
        {t("address.refused")}
      </Done>
    );
  const words = refused
    ? t("address.refusedNew")
    : made
      ? t("address.confirmed")
      : isOld
        ? t("address.awaitsNew")
        : t("address.awaitsOld");
  return (
    <Done to="/" next={t("address.on")}>
      {words}
    </Done>
  );
}
