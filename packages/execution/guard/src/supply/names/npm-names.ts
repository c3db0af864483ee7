// Popular npm packages: what people type, and what half of all installs bring along (downloads of November 2026).

/** Names, blank-separated; the most typed first. */
export const npmNames = `
  react react-dom react-router react-router-dom react-redux redux react-native react-scripts react-query
  react-hook-form react-icons react-select react-table react-bootstrap react-toastify react-transition-group
  react-helmet react-spring react-dnd react-native-web next nuxt gatsby svelte vue vue-router vuex pinia vue-loader
  vue-template-compiler angular angularjs preact solid-js lit lit-html htmx.org alpinejs jquery jquery-ui bootstrap
  tailwindcss postcss autoprefixer sass node-sass less stylus styled-components emotion material-ui antd formik yup
  joi zod ajv lodash lodash-es underscore ramda immutable immer rxjs moment moment-timezone dayjs date-fns luxon axios
  got superagent request request-promise node-fetch cross-fetch isomorphic-fetch undici ky express express-session
  express-validator express-rate-limit koa koa-router fastify hapi restify nestjs body-parser cookie-parser cors
  helmet morgan multer passport passport-local passport-jwt jsonwebtoken bcrypt bcryptjs crypto-js argon2 uuid nanoid
  shortid dotenv config nconf winston pino bunyan log4js loglevel debug chalk colors kleur picocolors ora inquirer
  prompts enquirer commander yargs minimist meow oclif figlet boxen cli-table cli-table3 listr shelljs execa cross-env
  cross-spawn concurrently npm-run-all npm-check-updates nodemon pm2 forever supervisor rimraf del del-cli mkdirp glob
  globby fast-glob minimatch micromatch chokidar fs-extra graceful-fs archiver adm-zip jszip unzipper tar typescript
  ts-node tsx ts-jest ts-loader tslib tslint eslint eslint-config-airbnb eslint-config-prettier eslint-plugin-import
  eslint-plugin-react eslint-plugin-react-hooks eslint-plugin-prettier eslint-plugin-jest eslint-plugin-vue
  eslint-scope prettier stylelint husky lint-staged commitlint commitizen standard webpack webpack-cli
  webpack-dev-server webpack-merge html-webpack-plugin mini-css-extract-plugin css-loader style-loader sass-loader
  file-loader url-loader babel-loader babel-core babel-cli babel-eslint babel-jest babel-preset-env babel-polyfill
  core-js regenerator-runtime rollup parcel parcel-bundler esbuild vite vitest snowpack turbo nx lerna gulp grunt
  browserify bower yarn npm pnpm npx jest jest-cli mocha chai sinon nyc ava tape jasmine karma cypress playwright
  puppeteer puppeteer-core selenium-webdriver webdriverio nightwatch testcafe supertest nock msw enzyme jsdom cheerio
  happy-dom mongoose mongodb mysql mysql2 pg sqlite3 better-sqlite3 redis ioredis knex sequelize typeorm prisma
  drizzle-orm drizzle-kit objection bookshelf levelup nedb lowdb firebase firebase-admin firebase-tools supabase
  aws-sdk aws-cdk serverless socket.io socket.io-client ws sockjs mqtt amqplib kafkajs bull bullmq agenda node-cron
  cron node-schedule graphql graphql-tag graphql-tools graphql-yoga apollo-server apollo-client apollo-link urql
  relay-runtime swagger-ui-express swagger-jsdoc sharp jimp canvas gm pdfkit pdf-lib pdf-parse puppeteer-extra exceljs
  xlsx csv-parse csv-parser papaparse xml2js fast-xml-parser js-yaml yaml toml ini marked markdown-it showdown remark
  rehype unified handlebars mustache ejs pug nunjucks nodemailer mailgun-js twilio stripe discord.js telegraf
  node-telegram-bot-api whatsapp-web.js slack openai langchain ethers web3 hardhat ganache solc bitcoinjs-lib three d3
  chart.js echarts highcharts leaflet mapbox-gl p5 pixi.js phaser gsap animejs framer-motion swiper slick-carousel
  sweetalert2 toastr select2 datatables.net electron electron-builder electron-packager cordova expo expo-cli
  react-native-cli event-stream async bluebird q co p-limit p-queue p-map retry eventemitter3 events through2
  readable-stream pump concat-stream stream-browserify buffer safe-buffer iconv-lite punycode qs query-string
  querystring url-parse path-to-regexp mime mime-types content-type form-data multiparty formidable busboy cookie
  cookies keygrip semver ms bytes pretty-bytes filesize humanize-duration numeral accounting big.js bignumber.js
  decimal.js bn.js long mathjs validator sanitize-html dompurify xss he entities escape-html classnames clsx
  prop-types left-pad is-odd is-even is-number is-promise ua-parser-js user-agents geoip-lite ip address portfinder
  detect-port open opn clipboardy node-notifier node-gyp node-pre-gyp node-addon-api bindings nan ffi-napi serialport
  usb node-pty xterm vscode monaco-editor codemirror ace-builds quill slate draft-js tinymce ckeditor i18next
  react-i18next vue-i18n intl-messageformat react-intl storybook create-react-app create-vite create-next-app
  create-vue degit yo yeoman-generator http-server serve live-server json-server browser-sync http-proxy
  http-proxy-middleware localtunnel ngrok wrangler netlify-cli vercel surge gh-pages semantic-release standard-version
  release-it conventional-changelog typedoc jsdoc vuepress vitepress hexo source-map source-map-support uglify-js
  terser clean-css cssnano purgecss imagemin svgo posthog-js newrelic dd-trace prom-client rate-limiter-flexible
  lru-cache node-cache keyv cacache flat deepmerge fast-deep-equal object-assign object-hash hash-wasm md5 sha.js sha1
  tweetnacl elliptic node-forge jose openpgp xmldom xpath libxmljs node-ipc coa rc electron-store conf update-notifier
  tsup tsdown unbuild rolldown oxlint biome hono elysia nitro h3 ofetch ansi-styles strip-ansi supports-color
  string-width ansi-regex brace-expansion emoji-regex wrap-ansi type-fest color-name color-convert has-flag picomatch
  escape-string-regexp yallist signal-exit react-is is-fullwidth-code-point which json-schema-traverse find-up
  locate-path p-locate mime-db eslint-visitor-keys minipass glob-parent string_decoder isarray globals path-key
  yargs-parser resolve get-stream argparse pretty-format ignore undici-types acorn isexe balanced-match resolve-from
  camelcase cliui is-stream agent-base estraverse strip-json-comments shebang-regex shebang-command json5
  webidl-conversions path-exists whatwg-url https-proxy-agent onetime tr46 inherits convert-source-map negotiator
  get-intrinsic statuses universalify has-symbols function-bind caniuse-lite npm-run-path js-tokens readdirp mimic-fn
  slash y18n browserslist electron-to-chromium kind-of jsesc braces fill-range hasown escalade human-signals gopd
  http-errors strip-bom es-object-atoms concat-map make-dir is-glob es-define-property es-errors to-regex-range
  call-bind-apply-helpers schema-utils update-browserslist-db path-scurry yocto-queue node-releases ci-info
  dunder-proto math-intrinsics get-proto has-tostringtag uri-js magic-string object-inspect pify http-proxy-agent
  is-extglob strip-final-newline parse-json espree once content-disposition jest-util es-set-tostringtag is-wsl wrappy
  safer-buffer normalize-path side-channel is-core-module cosmiconfig util-deprecate jsonfile ansi-escapes encodeurl
  jest-worker depd jackspeak scheduler doctrine postcss-selector-parser flat-cache callsites delayed-stream
  is-arrayish asynckit require-from-string combined-stream file-entry-cache source-map-js is-docker eastasianwidth
  parse5 arg estree-walker fastq send get-caller-file finalhandler esprima import-fresh path-parse raw-body
  range-parser optionator anymatch esutils type-check restore-cursor call-bound diff csstype write-file-atomic
  setprototypeof path-type supports-preserve-symlinks-flag foreground-child on-finished levn prelude-ls vary
  fast-json-stable-stringify cli-cursor slice-ansi base64-js merge-stream detect-libc serve-static lines-and-columns
  require-directory reusify tough-cookie sprintf-js follow-redirects jiti imurmurhash hosted-git-info
  json-parse-even-better-errors is-plain-obj parent-module flatted call-bind core-util-is esquery fast-levenshtein
  gensync type-is ieee754 accepts side-channel-weakmap side-channel-map side-channel-list istanbul-lib-instrument
  aria-query media-typer chownr ipaddr.js run-parallel which-typed-array baseline-browser-mapping cookie-signature
  pkg-dir esrecurse fdir queue-microtask fresh natural-compare tapable deep-is enhanced-resolve proxy-from-env
  jest-message-util acorn-jsx indent-string merge2 acorn-walk json-buffer ts-api-utils binary-extensions ajv-keywords
  log-symbols fs.realpath inflight path-is-absolute is-regex lodash.merge domutils p-try es-abstract merge-descriptors
  buffer-from tinyglobby has-property-descriptors jest-diff is-callable domhandler is-unicode-supported dom-serializer
  is-binary-path toidentifier package-json-from-dist define-data-property set-function-length tsconfig-paths word-wrap
  ajv-formats json-stable-stringify-without-jsonify for-each define-properties is-typed-array error-ex object.assign
  end-of-stream extend-shallow postcss-value-parser available-typed-arrays object-keys safe-regex-test whatwg-mimetype
  jest-regex-util define-property mdn-data unpipe es-module-lexer mute-stream is-generator-function ee-first
  regexp.prototype.flags is-date-object cjs-module-lexer parseurl tmp etag is-symbol is-plain-object
  jest-matcher-utils css-tree string.prototype.trimend htmlparser2 possible-typed-array-names internal-slot
  process-nextick-args is-string which-boxed-primitive is-shared-array-buffer jest-mock string.prototype.trimstart
  loose-envify pathe domelementtype is-number-object tar-stream bl is-bigint es-to-primitive fast-uri has-proto
  figures istanbul-lib-coverage has-bigints pako is-boolean-object normalize-package-data strip-indent forwarded sax
  proxy-addr is-weakref clone get-symbol-description loader-utils dom-accessibility-api pirates is-array-buffer
  function.prototype.name colorette minizlib unbox-primitive typed-array-buffer array-union array-buffer-byte-length
  functions-have-names string.prototype.trim xtend isobject globalthis expect css-select define-lazy-prop
  jest-haste-map extend on-headers get-tsconfig strnum serialize-javascript safe-array-concat lilconfig deep-extend
  is-extendable data-uri-to-buffer typed-array-byte-offset typed-array-byte-length nopt escodegen istanbul-reports
  jest-get-type typed-array-length cli-width istanbul-lib-source-maps mimic-response is-path-inside
  arraybuffer.prototype.slice type-detect set-function-name is-negative-zero html-escaper jws whatwg-encoding
  xml-name-validator which-collection cssesc jwa is-map is-set is-weakset html-encoding-sniffer istanbul-lib-report
  dedent is-weakmap webpack-sources test-exclude tinyexec cssstyle data-urls cli-spinners is-descriptor destroy
  data-view-byte-length data-view-buffer data-view-byte-offset array-includes decamelize object.values cssom
`;
