// Popular Go modules, by path, and real ones that look like them.

/** Module paths, blank-separated. */
export const goNames = `
  github.com/gin-gonic/gin github.com/gorilla/mux github.com/gorilla/websocket github.com/gorilla/sessions
  github.com/labstack/echo/v4 github.com/go-chi/chi/v5 github.com/gofiber/fiber/v2 github.com/valyala/fasthttp
  github.com/julienschmidt/httprouter github.com/sirupsen/logrus go.uber.org/zap go.uber.org/fx go.uber.org/atomic
  go.uber.org/multierr github.com/rs/zerolog github.com/spf13/cobra github.com/spf13/viper github.com/spf13/pflag
  github.com/spf13/afero github.com/spf13/cast github.com/urfave/cli/v2 github.com/stretchr/testify
  github.com/golang/mock go.uber.org/mock github.com/onsi/ginkgo/v2 github.com/onsi/gomega github.com/pkg/errors
  github.com/google/uuid github.com/google/go-cmp github.com/google/wire github.com/google/go-github
  golang.org/x/crypto golang.org/x/net golang.org/x/sync golang.org/x/sys golang.org/x/text golang.org/x/tools
  golang.org/x/oauth2 golang.org/x/time golang.org/x/term golang.org/x/mod golang.org/x/exp google.golang.org/grpc
  google.golang.org/protobuf google.golang.org/api github.com/golang/protobuf github.com/golang-jwt/jwt/v5
  github.com/dgrijalva/jwt-go gorm.io/gorm gorm.io/driver/postgres github.com/jinzhu/gorm github.com/jmoiron/sqlx
  github.com/lib/pq github.com/jackc/pgx/v5 github.com/go-sql-driver/mysql github.com/mattn/go-sqlite3
  go.mongodb.org/mongo-driver github.com/redis/go-redis/v9 github.com/go-redis/redis github.com/boltdb/bolt
  go.etcd.io/bbolt go.etcd.io/etcd github.com/dgraph-io/badger github.com/aws/aws-sdk-go github.com/aws/aws-sdk-go-v2
  github.com/Azure/azure-sdk-for-go cloud.google.com/go/storage github.com/hashicorp/vault github.com/hashicorp/consul
  github.com/hashicorp/go-multierror github.com/prometheus/client_golang go.opentelemetry.io/otel k8s.io/client-go
  k8s.io/api k8s.io/apimachinery sigs.k8s.io/controller-runtime sigs.k8s.io/yaml github.com/docker/docker
  github.com/nats-io/nats.go github.com/segmentio/kafka-go github.com/IBM/sarama github.com/streadway/amqp
  github.com/rabbitmq/amqp091-go github.com/joho/godotenv github.com/fsnotify/fsnotify github.com/fatih/color
  github.com/mattn/go-isatty github.com/mitchellh/mapstructure github.com/davecgh/go-spew
  github.com/pmezard/go-difflib github.com/shopspring/decimal github.com/robfig/cron/v3 github.com/patrickmn/go-cache
  github.com/tidwall/gjson github.com/json-iterator/go github.com/PuerkitoBio/goquery github.com/gocolly/colly
  github.com/chromedp/chromedp github.com/charmbracelet/bubbletea github.com/charmbracelet/lipgloss gopkg.in/yaml.v3
  gopkg.in/yaml.v2 github.com/BurntSushi/toml github.com/pelletier/go-toml github.com/go-playground/validator/v10
  github.com/swaggo/swag github.com/99designs/gqlgen github.com/ethereum/go-ethereum github.com/go-resty/resty/v2
  honnef.co/go/tools github.com/golangci/golangci-lint github.com/golang-migrate/migrate/v4
  github.com/pressly/goose/v3 entgo.io/ent github.com/samber/lo github.com/cespare/xxhash/v2
  github.com/klauspost/compress
`;

/** Paths that are nobody's squat. */
export const goNeighbours = `
  github.com/gorilla/handlers github.com/gorilla/schema github.com/gorilla/csrf github.com/gorilla/rpc
  golang.org/x/image golang.org/x/vuln golang.org/x/arch golang.org/x/perf golang.org/x/debug golang.org/x/build
  golang.org/x/website golang.org/x/review go.uber.org/dig go.uber.org/goleak go.uber.org/config gopkg.in/yaml.v1
  github.com/spf13/fsync github.com/google/btree github.com/google/pprof github.com/google/gopacket k8s.io/apiserver
  k8s.io/cli-runtime k8s.io/kubernetes k8s.io/utils k8s.io/klog github.com/fatih/structs github.com/aws/aws-lambda-go
  github.com/mattn/go-colorable github.com/mattn/go-runewidth github.com/charmbracelet/bubbles github.com/samber/do
  github.com/samber/mo gorm.io/driver/mysql gorm.io/driver/sqlite gorm.io/gen sigs.k8s.io/json sigs.k8s.io/kind
`;
