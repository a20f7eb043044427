"""How gunicorn serves the pages: ``gunicorn -c python:newsdesk.serving newsdesk.wsgi``."""

from newsdesk import env

bind = env.text("NEWSDESK_BIND", "127.0.0.1:8000")
workers = env.whole("NEWSDESK_WEB_PROCESSES", 1, at_least=1)
worker_class = "gthread"
threads = env.whole("NEWSDESK_WEB_THREADS", 8, at_least=1)
timeout = 60
graceful_timeout = 8
keepalive = 5
limit_request_line = 8190
accesslog = "-"
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"
proc_name = "newsdesk"
control_socket_disable = True
