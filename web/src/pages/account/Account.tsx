import { Stack, Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/entities";
import { useTab } from "@/pages/admin/parts/useUrl";
import { CoverPanel } from "@/pages/cover/CoverPanel";
import { Page } from "@/ui/Page";
import { TabRow } from "@/ui/TabRow";
import { Accounts } from "./Accounts";
import { History } from "./History";
import { Password } from "./Password";
import { Preferences } from "./Preferences";
import { Profile } from "./Profile";
import { Security } from "./Security";
import { ServiceAccounts } from "./ServiceAccounts";
import { Sessions } from "./Sessions";
import { Tokens } from "./Tokens";

const TABS = [
  "profile",
  "preferences",
  "password",
  "security",
  "sessions",
  "cover",
  "tokens",
  "service",
  "history",
] as const;
/** What a partner's user has nothing of. */
const OF_HOUSE: readonly string[] = ["cover", "tokens", "service"];

/** One's own covers, and those by which one covers. */
const Cover = () => <CoverPanel />;

const PANELS = {
  profile: Profile,
  preferences: Preferences,
  password: Password,
  security: SignIn,
  sessions: Sessions,
  cover: Cover,
  tokens: Tokens,
  service: ServiceAccounts,
  history: History,
};

/** How the user signs in beside the password. */
function SignIn() {
  return (
    <Stack>
      <Security />
      <Accounts />
    </Stack>
  );
}

export default function Account() {
  const { t } = useTranslation("account");
  const me = useMe();
  // Nobody changes a password that there is none of.
  const tabs = TABS.filter(
    (name) => (name !== "password" || me.has_password) && !(me.partner && OF_HOUSE.includes(name)),
  );
  const [tab, setTab] = useTab(tabs);
  const Panel = PANELS[tab];
  return (
    <Page title={me.user.name} tab={t("title")}>
      <Tabs value={tab} onChange={setTab}>
        <TabRow open={tab}>
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`account:tab.${name}`)}
            </Tabs.Tab>
          ))}
        </TabRow>
        <Tabs.Panel value={tab} pt="md">
          <Panel />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
