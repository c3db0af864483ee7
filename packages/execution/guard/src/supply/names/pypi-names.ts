// Popular Python distributions, as PyPI compares names, and real ones that look like them (downloads of November 2026).

/** Names, blank-separated; the most typed first. */
export const pypiNames = `
  requests urllib3 numpy pandas scipy matplotlib scikit-learn tensorflow tensorflow-gpu torch torchvision torchaudio
  keras pytorch-lightning transformers datasets tokenizers accelerate diffusers huggingface-hub sentence-transformers
  openai anthropic langchain langchain-core llama-index tiktoken faiss-cpu chromadb pinecone-client gradio streamlit
  dash plotly bokeh altair seaborn flask django fastapi starlette uvicorn gunicorn tornado aiohttp bottle pyramid
  sanic quart falcon django-rest-framework djangorestframework flask-cors flask-login flask-sqlalchemy flask-restful
  flask-wtf flask-migrate sqlalchemy alembic psycopg2 psycopg2-binary psycopg pymysql mysqlclient
  mysql-connector-python pymongo redis celery kombu boto3 botocore awscli s3transfer google-cloud-storage google-auth
  google-api-python-client azure-storage-blob azure-identity beautifulsoup4 lxml html5lib scrapy selenium playwright
  mechanize httpx requests-oauthlib requests-toolbelt oauthlib pyjwt cryptography pycrypto pycryptodome pycryptodomex
  paramiko fabric invoke ansible docker kubernetes jinja2 markupsafe werkzeug click typer rich textual colorama
  termcolor tqdm tabulate prettytable pyyaml ruamel-yaml toml tomli tomlkit configparser python-dotenv pydantic
  pydantic-core marshmallow attrs jsonschema simplejson orjson ujson msgpack protobuf grpcio grpcio-tools thrift avro
  pyarrow fastparquet polars dask distributed ray pyspark numba cython cffi pybind11 sympy networkx statsmodels
  xgboost lightgbm catboost opencv-python opencv-python-headless pillow imageio scikit-image pytesseract pdfminer-six
  pypdf2 pypdf reportlab openpyxl xlrd xlsxwriter python-docx python-pptx nltk spacy gensim textblob python-dateutil
  pytz tzlocal arrow pendulum dateparser babel six future typing-extensions importlib-metadata setuptools wheel pip
  virtualenv pipenv poetry pip-tools twine build tox nox pytest pytest-cov pytest-asyncio pytest-mock pytest-xdist
  unittest2 nose mock coverage hypothesis faker factory-boy responses freezegun black flake8 pylint isort mypy ruff
  bandit pre-commit autopep8 yapf jupyter jupyterlab notebook ipython ipykernel ipywidgets nbconvert sphinx mkdocs
  mkdocs-material docutils markdown mistune pygments loguru structlog sentry-sdk prometheus-client opentelemetry-api
  psutil watchdog schedule apscheduler pexpect sh pyserial pyusb pyaudio pygame pyqt5 pyside6 kivy wxpython
  pyinstaller cx-freeze py2exe nuitka discord discord-py python-telegram-bot tweepy slack-sdk twilio stripe sendgrid
  web3 eth-account bitcoinlib solana ccxt yfinance ta-lib backtrader jellyfish levenshtein python-levenshtein
  rapidfuzz fuzzywuzzy unidecode chardet charset-normalizer certifi idna cachetools diskcache joblib cloudpickle dill
  lz4 zstandard python-magic pyperclip pyautogui pynput keyboard mss geopy geopandas shapely fiona folium netaddr
  dnspython scapy python-nmap pyopenssl service-identity twisted autobahn websockets websocket-client socketio
  python-socketio zeep suds jsonpickle pyparsing ply antlr4-python3-runtime regex more-itertools toolz
  sortedcontainers bidict tenacity retry backoff wandb mlflow optuna hydra-core omegaconf einops timm peft
  bitsandbytes vllm trl sglang litellm mcp fastmcp uv hatch hatchling flit pdm packaging aiobotocore pluggy pycparser
  grpcio-status anyio h11 annotated-types iniconfig fsspec httpcore typing-inspection s3fs platformdirs pathspec
  jmespath markdown-it-py filelock yarl multidict zipp propcache mdurl pyasn1 googleapis-common-protos frozenlist
  rpds-py annotated-doc aiosignal referencing jsonschema-specifications trove-classifiers tzdata google-api-core
  aiohappyeyeballs greenlet pyasn1-modules wrapt python-multipart sniffio pydantic-settings shellingham soupsieve
  exceptiongroup watchfiles rsa proto-plus distro distlib jiter mypy-extensions et-xmlfile sse-starlette wcwidth
  editables pydantic-ai-slim gitpython google-genai ptyprocess decorator python-discovery smmap pynacl keyring
  docstring-parser uvloop httptools fonttools multiprocess gitdb isodate async-timeout httpx-sse prompt-toolkit
  jaraco-classes azure-core secretstorage jeepney itsdangerous hf-xet bcrypt jaraco-functools kiwisolver
  jaraco-context contourpy email-validator deprecated msal google-resumable-media google-crc32c defusedxml
  threadpoolctl blinker snowflake-connector-python pytest-json-ctrf mako cycler jsonpointer poetry-core nodeenv
  databricks-sql-connector pydantic-graph xxhash pyproject-hooks uritemplate google-auth-oauthlib asn1crypto
  google-auth-httplib2 traitlets httplib2 types-requests ydb identify cfgv jedi aiofiles parso executing
  weaviate-client h2 hyperframe fastjsonschema hpack matplotlib-inline sqlparse mpmath durationpy msal-extensions
  jsonpatch asttokens setuptools-scm google-analytics-admin authlib grpc-google-iam-v1 pure-eval stack-data asgiref
  gcsfs xmltodict webencodings nest-asyncio execnet databricks-sdk dbt-core librt python-json-logger pyee pandas-stubs
  py4j pyzmq cachecontrol importlib-resources joserfc vcs-versioning debugpy tree-sitter typing-inspect llama-parse
  dbt-adapters llama-cloud-services aioitertools rich-toolkit tinycss2 asyncpg mdit-py-plugins dulwich langsmith
  jupyter-core jsonschema-path flatbuffers narwhals msrest ruamel-yaml-clib pkginfo grpcio-health-checking installer
  cyclopts mccabe jupyter-client dataclasses-json awswrangler linkify-it-py semver dbt-common deepdiff cfn-lint
  uc-micro-py pymupdf pytokens pygithub pathable python-slugify comm rfc3339-validator text-unidecode
  sqlalchemy-bigquery brotli pycodestyle snowflake-sqlalchemy cattrs rich-rst jsonref snowflake-snowpark-python
  crashtest safetensors backports-tarfile beartype types-pyyaml onnxruntime types-protobuf deprecation lark croniter
  argcomplete poetry-plugin-export requests-file tomli-w typeguard psycopg-binary jsonpath-ng cleo nbformat
  langchain-openai datadog bleach griffelib
`;

/** Names that are nobody's squat. */
export const pypiNeighbours = `
  pymssql aiofile ijson uri-template parse markdown2 pyaml hjson tablib pymupdfb pyqt6 cchardet jiwer futures httpr
  spython schedula parsy usort gsutil match dataset nest-asyncio2 retry2 tensorflow-cpu jsonpath willow dydantic tools
  unicorn pyshark scanpy gitdb2 patch pytest-csv config-parser simpy pygam smmap2 cwcwidth git-python bpython
  grequests fastai acachecontrol isolate faiss-gpu torchx deepdiff6 tombi hyper scrypt semver4 solara websocket
  pbspark python3-nmap efinance slack ngboost vbuild identity pyside2 vyper fabric3 cronitor wsgiref scipp pymantic
  ruamel-yaml-clibz retworkx datazets pkginfo2 ctransformers configparser2 dbt-score aresponses djongo pylink fabric2
  ipytest distribute xoto3 scheduler pypdf3 mocker pypdf4 parsl crick myjwt quarto
`;
