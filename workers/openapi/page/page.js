// Shows the description of the API. A file of its own, so that the page needs no inline script.
SwaggerUIBundle({
  url: "/api/openapi.json",
  dom_id: "#api",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  filter: true,
});
