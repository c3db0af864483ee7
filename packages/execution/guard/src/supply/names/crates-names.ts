// Popular crates, and real ones that look like them; `_` is written `-`, as the registry compares them.

/** Names, blank-separated. */
export const cratesNames = `
  serde serde-json serde-derive serde-yaml serde-with serde-qs tokio tokio-util tokio-stream tokio-rustls
  tokio-tungstenite futures futures-util async-trait async-std smol reqwest hyper hyper-util http axum actix-web
  actix-rt rocket warp tower tower-http tonic prost bytes clap clap-derive structopt anyhow thiserror eyre color-eyre
  log env-logger tracing tracing-subscriber slog rand rand-core rand-chacha getrandom regex regex-syntax lazy-static
  once-cell chrono time uuid url percent-encoding base64 hex sha1 sha2 md-5 digest hmac ring rustls openssl native-tls
  aes rsa ed25519-dalek curve25519-dalek zeroize itertools rayon crossbeam crossbeam-channel parking-lot dashmap
  indexmap hashbrown ahash smallvec arrayvec bitflags num num-traits num-bigint num-cpus nalgebra ndarray glam image
  syn quote proc-macro2 proc-macro-error cc bindgen cmake pkg-config libc nix winapi windows-sys memmap2 tempfile
  walkdir glob globset ignore notify dirs directories which semver toml toml-edit config dotenv dotenvy csv quick-xml
  roxmltree nom pest pest-derive logos winnow diesel sqlx sqlx-core sea-orm rusqlite postgres tokio-postgres redis
  mongodb lapin rdkafka prometheus metrics opentelemetry criterion proptest quickcheck mockall insta assert-cmd
  predicates rstest serial-test wasm-bindgen web-sys js-sys yew leptos dioxus bevy wgpu winit egui eframe iced tauri
  crossterm ratatui termcolor colored console indicatif dialoguer rustyline ureq curl git2 gix zip flate2 tar zstd lz4
  brotli xz2 memchr aho-corasick unicode-segmentation unicode-width strsim heck either cfg-if scopeguard
  static-assertions derive-more strum strum-macros enum-iterator paste rust-decimal bincode postcard rmp-serde ron
  schemars utoipa jsonwebtoken argon2 bcrypt lettre askama tera handlebars minijinja pulldown-cmark comrak scraper
  select html5ever cargo-metadata pyo3 napi candle-core tch ethers alloy solana-sdk
`;

/** Names that are nobody's squat. */
export const cratesNeighbours = `
  serde-xml-rs serde-cbor tokio-serial hyper-tls hyper-rustls rustls-pki-types toml-datetime time-macros clap-lex sha3
  md5 rand-distr rand-pcg regex-lite regex-automata futures-core futures-io bit-set bit-vec zip2 tracing-core
  tracing-log axum-core axum-extra crossbeam-utils crossbeam-epoch wide semver-parser strum-lite base32 base16 base58
  base85 bs58 hexf ring-compat loom bytesize bytecount walrus nom8 quick-error criterion2 image-webp sqlx-mysql sqlite
  xz lz4-flex zstd-sys flume pin-project uuid7 url2 csv-core glob-match ureq-proto proptest-derive colored-json
  bevy-ecs configparser lexopt logo
`;
