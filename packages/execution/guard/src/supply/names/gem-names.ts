// Popular gems, and real ones that look like them.

/** Names, blank-separated. */
export const gemNames = `
  rails railties activerecord activesupport activemodel actionpack actionview actionmailer activejob actioncable
  activestorage rack rack-cors rack-attack rack-test rake bundler rubygems-update minitest rspec rspec-core
  rspec-rails rspec-expectations rspec-mocks rubocop rubocop-rails rubocop-performance rubocop-rspec nokogiri loofah
  sanitize json oj multi_json faraday httparty rest-client typhoeus http excon net-http net-ssh net-sftp puma unicorn
  passenger thin webrick sinatra hanami grape devise omniauth omniauth-oauth2 warden cancancan pundit doorkeeper jwt
  bcrypt sidekiq resque delayed_job good_job redis redis-client pg mysql2 sqlite3 mongoid sequel dalli capybara
  selenium-webdriver webdrivers cucumber factory_bot factory_bot_rails faker webmock vcr simplecov database_cleaner
  shoulda-matchers timecop byebug pry pry-byebug debug awesome_print sass sass-rails sassc coffee-rails uglifier
  webpacker turbolinks turbo-rails stimulus-rails importmap-rails sprockets sprockets-rails jbuilder haml slim
  simple_form kaminari will_paginate pagy ransack friendly_id paper_trail carrierwave shrine paperclip mini_magick
  image_processing aws-sdk aws-sdk-s3 aws-sdk-core google-cloud-storage fog stripe twilio-ruby sendgrid-ruby mail
  addressable i18n tzinfo concurrent-ruby thor dotenv dotenv-rails foreman capistrano chef puppet vagrant fastlane
  cocoapods jekyll bridgetown kramdown redcarpet liquid asciidoctor prawn wicked_pdf rubyzip colorize rainbow
  tty-prompt highline commander optimist slop dry-validation dry-types dry-struct zeitwerk bootsnap listen spring
  brakeman bundler-audit sentry-ruby newrelic_rpm rollbar bugsnag graphql grpc google-protobuf msgpack ffi nio4r
  websocket-driver eventmachine atomic-ruby mime-types diff-lcs builder
`;

/** Names that are nobody's squat. */
export const gemNeighbours = `
  rack-protection rack-proxy rspec-support rspec-its minitest-reporters faker-bot sqlite3-ruby pg-query sequel-rails
  jsonapi json-jwt json-schema oauth oauth2 redis-store redis-rails i18n-js http-2 http-cookie net-imap net-smtp
  net-pop net-ldap net-scp mailgun money monetize rails-html-sanitizer rails-dom-testing railtie slim-rails haml-rails
  haml-lint mocha sass-embedded sassc-rails dotenv-deployment rb-readline rouge pry-rails pry-doc capybara-webkit
  thin-logger fakeredis chef-zero aws-sdk-v1
`;
