// Real npm packages that look like a popular one, and scopes whose owners are known (downloads of November 2026).

/** Names that are nobody's squat. */
export const npmNeighbours = `
  socks set-proto through redent gaxios wordwrap color is-typedarray listr2 stylis synckit bowser camel-case tsutils
  isstream upath one-time eventemitter2 colord recharts is-regexp crypt ip-regex dargs buffers global parse-url motion
  xml-js postcss-values-parser urijs foreach callsite just-diff mpath is-object mquery merge rambda dom-serialize
  binaryextensions flatten select json3 fclone xmldoc clipboard slick parseuri npm-run-all2 mssql murmurhash ckeditor5
  emoticon uglify-es path2 css-parse prompt ts-map graphiql mailgun.js jsonp react-rnd cli-spinner is-blob
  tslint-config-prettier vasync brace remotion has-own ansistyles selecto parsejson nookies mimer findup react-selecto
  libxmljs2 grant sqlite fs-promise mkdirp2 notp isnumber cline servie x-path semiver parse jsonc it-map ttypescript
  koa-route react-vis koa rewire recoil express-ws uuidv4
`;

/** Scopes without the `@`. */
export const npmScopes = `
  babel types smithy aws-sdk radix-ui opentelemetry typescript-eslint jest jridgewell webassemblyjs octokit eslint
  rollup img storybook csstools protobufjs esbuild inquirer vitest firebase nodelib emotion aws-crypto tailwindcss
  humanwhocodes graphql-tools azure sentry tiptap swc svgr floating-ui vue unrs turf npmcli isaacs tanstack tsconfig
  testing-library eslint-community next parcel react-aria sinonjs commitlint hapi prisma mui expo jsonjoy.com sinclair
  datadog emnapi humanfs algolia cspell supabase google-cloud module-federation istanbuljs napi-rs nestjs
  react-stately react-native graphql-codegen stdlib react-types jimp vercel codemirror ai-sdk nx pnpm tootallnate
  pkgjs formatjs angular fastify sindresorhus apollo ckeditor grpc xtuc angular-devkit sentry-internal solana noble
  bcoe asamuzakjp react-email stoplight changesets sigstore shikijs standard-schema ungap lexical mapbox dnd-kit
  colors rolldown alloc microsoft actions vitejs peculiar rushstack zag-js chakra-ui cspotcode ethersproject
  ampproject chevrotain adobe whatwg-node sideway redis lezer wdio cucumber lerna react-native-community amplitude
  open-draft yarnpkg rtsao rc-component swagger-api react-spring tybys pkgr webpack-cli slack aws oclif nuxt
  cloudflare aws-amplify tokenizer react-pdf playwright walletconnect base44 material apidevtools szmarczak
  anthropic-ai docusaurus rspack modelcontextprotocol metamask nolyfill biomejs remix-run volar zeit ant-design hono
  cypress sanity react-navigation xhmikosr polka discoveryjs fluentui kwsites backstage angular-eslint xmldom aws-cdk
  vueuse wry popperjs semantic-release mdx-js js-sdsl dabh flmngr visx langchain internationalized heroui bufbuild
  jsep-plugin applitools hookform nivo tufjs segment trysound redocly astrojs oxc-resolver salesforce clack mswjs
  poppinss tamagui capacitor scure antfu electron lukeed braintree cacheable keyv leichtgewicht netlify ioredis ionic
  socket.io oozcitak puppeteer bundled-es-modules nrwl fortawesome msgpackr-extract uiw envelop nicolo-ribaudo reduxjs
  edge-runtime google iconify electric-sql paralleldrive ardatan appium intlify mariozechner borewit faker-js ts-morph
  graphql-typed-document-node edsdk exodus fast-csv percy stripe dataform pinojs sendgrid oslojs gar sec-ant
  styled-system remirror vscode typespec motionone so-ric date-fns zkochan bugsnag jsdevtools mongodb-js clerk
  swc-node acemir unocss better-auth oxc-project fullcalendar progress scalar react-dnd temporalio wordpress
  typescript verdaccio tsparticles vanilla-extract pm2 reactflow stablelib urql material-ui orval uppy pmmmwh
  aashutoshrathi antv pixi apm-js-collab sveltejs esbuild-kit discordjs oxc-transform secretlint electron-forge
  pdf-lib contentful loaders.gl selderee monaco-editor mantine otplib pulumi oxc-parser redux-saga reown manypkg
  googlemaps nuxtjs one-ini nomicfoundation shopify posthog lmdb sap-ux apideck textlint repeaterjs reach xyflow
  ethereumjs elastic oven stylistic vaadin scarf effect use-gesture polkadot trpc eslint-react lit node-llama-cpp
  headlessui launchdarkly schematics surma joshwooding ngrx tinyhttp atlaskit solid-primitives portabletext iarna
  lit-labs hey-api date-io bramus asyncapi strapi sap graphql-inspector kurkle nextui-org xstate 0no-co mux remotion
  oxlint es-joy glimmer udecode node-rs ast-grep lingui plasmohq cnakazawa ts-graphviz libsql newrelic react-hook
  juggle openfeature lydell react-three syncfusion panva graphql-hive drizzle-team auth0 mixpanel emmetio vibrant
  pandacss connectrpc opencode-ai openai egjs unhead speed-highlight webgpu medusajs protobuf-ts cosmjs chromatic-com
  fontsource orpc react-google-maps bytecodealliance statsig ucast maplibre preact react-pdf-viewer base-ui tauri-apps
  restart zxing azure-rest phenomnomnominal foliojs-fork apollographql deck.gl gitbeaker trezor mermaid-js bitgo-beta
  balena plotly grammyjs ledgerhq allurereport tapjs ngtools heroicons axe-core auth neoconfetti upstash develar
  docsearch javascript-obfuscator postman neondatabase figspec bazel tippyjs phosphor-icons bull-board rsbuild xterm
  rive-app swaggerexpert react-router ariakit graphiql hotwired gsap achrinza ark-ui wolfy1339 corex arcanis compodoc
  testcontainers emoji-mart jest-mock stitches golevelup number-flow node-minify assistant-ui tsd remixicon griffel
  base-ui-components compiled release-it currents inertiajs ag-grid-community react-hookz ngrok notifee import-maps
  casl loaderkit bkrem linaria carbon d-fischer conform-to nanostores payloadcms lucide react-native-cookies knocklabs
  tremor remote-ui genkit-ai mikro-orm koa size-limit stream-io servie blueprintjs blocknote storyblok webpack-contrib
  serverless sailshq mintlify hugeicons concordance elevenlabs melt-ui liuli-util vinejs ladle pulumiverse maskito
  hot-loader typechain as-integrations workflow mdi bprogress lumino simov wavesurfer esm2cjs convex-dev planetscale
  livekit mastra langfuse huggingface xenova qwik.dev builder.io shadcn tabler rollbar honeybadger-io liveblocks
`;
