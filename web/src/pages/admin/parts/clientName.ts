const BROWSERS: [RegExp, string][] = [
  [/Edg(?:e|A|iOS)?\/(\d+)/, "Edge"],
  [/OPR\/(\d+)/, "Opera"],
  [/(?:Firefox|FxiOS)\/(\d+)/, "Firefox"],
  [/(?:Headless)?Chrome\/(\d+)/, "Chrome"],
  [/CriOS\/(\d+)/, "Chrome"],
  [/Version\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari/, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux/, "Linux"],
];

/** What a program calls itself, in few words: "Firefox 128, Windows"; other programs by their own first name. */
export function clientName(agent: string): string {
  const browser = BROWSERS.map(([form, name]) => [agent.match(form)?.[1], name]).find(([version]) => version);
  if (!browser) return agent.split(" ")[0] ?? "";
  const system = SYSTEMS.find(([form]) => form.test(agent))?.[1];
  return [`${browser[1]} ${browser[0]}`, system].filter(Boolean).join(", ");
}
