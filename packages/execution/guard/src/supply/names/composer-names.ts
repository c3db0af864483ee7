// Popular Composer packages, and real ones that look like them.

/** Names, blank-separated. */
export const composerNames = `
  symfony/symfony symfony/console symfony/http-foundation symfony/http-kernel symfony/http-client symfony/finder
  symfony/process symfony/yaml symfony/translation symfony/routing symfony/event-dispatcher symfony/var-dumper
  symfony/dotenv symfony/mailer symfony/cache symfony/string symfony/filesystem symfony/framework-bundle
  symfony/security-bundle symfony/serializer symfony/validator symfony/form symfony/maker-bundle
  symfony/polyfill-mbstring laravel/framework laravel/laravel laravel/tinker laravel/sanctum laravel/passport
  laravel/horizon laravel/telescope laravel/socialite laravel/sail laravel/pint laravel/breeze laravel/jetstream
  livewire/livewire filament/filament inertiajs/inertia-laravel illuminate/support illuminate/database
  spatie/laravel-permission spatie/laravel-medialibrary spatie/laravel-activitylog barryvdh/laravel-debugbar
  barryvdh/laravel-dompdf maatwebsite/excel guzzlehttp/guzzle guzzlehttp/psr7 guzzlehttp/promises monolog/monolog
  psr/log psr/container psr/http-message doctrine/orm doctrine/dbal doctrine/annotations doctrine/migrations
  doctrine/inflector doctrine/collections twig/twig smarty/smarty phpunit/phpunit mockery/mockery fakerphp/faker
  pestphp/pest phpstan/phpstan vimeo/psalm friendsofphp/php-cs-fixer squizlabs/php_codesniffer rector/rector
  nesbot/carbon ramsey/uuid league/flysystem league/oauth2-client league/oauth2-server league/commonmark league/csv
  vlucas/phpdotenv nikic/php-parser nikic/fast-route slim/slim cakephp/cakephp yiisoft/yii2 codeigniter4/framework
  drupal/core predis/predis aws/aws-sdk-php stripe/stripe-php phpmailer/phpmailer swiftmailer/swiftmailer
  phpoffice/phpspreadsheet phpoffice/phpword dompdf/dompdf mpdf/mpdf tecnickcom/tcpdf intervention/image
  firebase/php-jwt lcobucci/jwt google/apiclient sentry/sentry composer/composer composer/installers
  phpseclib/phpseclib react/event-loop amphp/amp wp-cli/wp-cli roots/wordpress
`;

/** Names that are nobody's squat. */
export const composerNeighbours = `
  symfony/clock symfony/lock symfony/intl symfony/uid symfony/mime symfony/asset symfony/config symfony/runtime
  symfony/stopwatch symfony/workflow symfony/messenger symfony/notifier laravel/scout laravel/dusk laravel/cashier
  laravel/fortify laravel/octane laravel/reverb laravel/folio laravel/pulse laravel/ui psr/cache psr/clock psr/link
  doctrine/lexer doctrine/cache doctrine/event-manager league/uri league/glide league/fractal league/container
  react/promise react/stream react/socket react/http react/dns react/cache amphp/parallel amphp/http-server
  spatie/laravel-data spatie/laravel-backup spatie/laravel-ray phpoffice/phppresentation slim/psr7 slim/twig-view
  composer/semver composer/ca-bundle composer/pcre
`;
