# One image for web, worker, beat and the migration; docker-compose.yml says which command each runs.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 NEWSDESK_VAR=/var/lib/newsdesk
WORKDIR /srv/newsdesk

COPY requirements.lock ./
RUN python -m pip install --disable-pip-version-check --require-hashes -r requirements.lock

COPY manage.py pyproject.toml ./
COPY newsdesk newsdesk
COPY claims claims
COPY ingest ingest
COPY templates templates
COPY static static

RUN useradd --system --uid 10001 --home-dir /var/lib/newsdesk --create-home newsdesk \
    && chown -R newsdesk /var/lib/newsdesk
USER newsdesk
# the key is for this step alone, it stays in no layer; the desk's own comes from the environment
RUN NEWSDESK_SECRET_KEY=for-this-build-step-alone-and-nowhere-else NEWSDESK_VAR=/tmp/build \
    NEWSDESK_STATIC=/var/lib/newsdesk/static python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf /tmp/build

EXPOSE 8000
CMD ["python", "-m", "gunicorn", "-c", "python:newsdesk.serving", "--bind", "0.0.0.0:8000", "newsdesk.wsgi"]
