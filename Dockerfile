# docker build -t zhengxin .
# docker run --rm -p 7860:7860 -v zhengxin-data:/var/lib/zhengxin zhengxin
FROM python:3.11-slim

ENV PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PYTHONUNBUFFERED=1 \
    ZHENGXIN_DATA_FOLDER=/var/lib/zhengxin

# DOC and WPS are read without LibreOffice, RTF only with it: --build-arg OFFICE=libreoffice-writer
ARG OFFICE=""
RUN if [ -n "$OFFICE" ]; then \
        apt-get update \
        && apt-get install --yes --no-install-recommends $OFFICE \
        && rm -rf /var/lib/apt/lists/*; \
    fi

RUN useradd --create-home --uid 10001 zhengxin \
    && install -d -o zhengxin -g zhengxin /var/lib/zhengxin

WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY corpus ./corpus
COPY checkers ./checkers
COPY assistant ./assistant
COPY ui ./ui
COPY evals ./evals
# Wheels alone: nothing is compiled. What reads scans (OpenCV without a window) needs no libGL.
RUN python -m pip install --only-binary=:all: .

USER zhengxin
WORKDIR /home/zhengxin
# The first question builds the index; from here on no network is needed.
RUN zhengxin ask '淅川项目验收需要什么材料？'

# Holds the index, the regulations that users add and the text recognised on scans; a new named
# volume starts with the index.
VOLUME /var/lib/zhengxin
EXPOSE 7860
HEALTHCHECK --start-period=60s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:7860/healthz')"]
CMD ["zhengxin", "serve", "--host", "0.0.0.0", "--port", "7860"]
