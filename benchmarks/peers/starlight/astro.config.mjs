// Pages only: no Pagefind index.
import { defineConfig } from "astro/config";
import starlight from "@astrojs/starlight";

const folders = ["strategies", "briefs", "case_studies", "cities", "glossary", "references"];

export default defineConfig({
  site: "https://example.org/",
  integrations: [
    starlight({
      title: "Generated knowledge base",
      pagefind: false,
      defaultLocale: "en",
      locales: {
        en: { label: "English", lang: "en" },
        es: { label: "Español", lang: "es" },
        fr: { label: "Français", lang: "fr" },
        ar: { label: "العربية", lang: "ar", dir: "rtl" },
      },
      sidebar: folders.map((folder) => ({ label: folder, collapsed: true, items: [{ autogenerate: { directory: folder } }] })),
    }),
  ],
});
