"""`/docs` without the network: Swagger UI from a package on this machine, no inline script."""

from pathlib import Path

import fastapi_offline
from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse, Response

_ASSETS = Path(fastapi_offline.__file__).parent / "static"
_PUBLIC = {"swagger-ui.css": "text/css", "swagger-ui-bundle.js": "text/javascript", "favicon.png": "image/png"}
_START = """window.onload = () => SwaggerUIBundle({
  url: "/openapi.json", dom_id: "#docs", deepLinking: true, persistAuthorization: false,
  validatorUrl: null, presets: [SwaggerUIBundle.presets.apis],
});
"""
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Viva HTTP API</title>
<link rel="icon" href="/api/docs-assets/favicon.png">
<link rel="stylesheet" href="/api/docs-assets/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="/api/docs-assets/swagger-ui-bundle.js"></script>
<script src="/api/docs-assets/start.js"></script>
</body>
</html>
"""


def install(app: FastAPI) -> None:
    """Add `/docs` and its assets to `app`."""

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(_PAGE)

    @app.get("/api/docs-assets/start.js", include_in_schema=False)
    def start() -> Response:
        return Response(_START, media_type="text/javascript")

    @app.get("/api/docs-assets/{name}", include_in_schema=False)
    def asset(name: str) -> Response:
        if name not in _PUBLIC:
            return Response(status_code=404)
        return FileResponse(_ASSETS / name, media_type=_PUBLIC[name], headers={"Cache-Control": "public, max-age=86400"})
