# Grappe from R: every page of a list as a data frame, a table of it, errors and problems. Needs httr2 (0.2.2 or newer) and jsonlite.
#
#     GRAPPE_URL=http://127.0.0.1:4000 GRAPPE_TOKEN=grappe_… Rscript grappe.R
#
# Reading needs no token. The last part sends a mutation that the graph rejects, so it needs an EDITOR.

suppressPackageStartupMessages(library(httr2))

url <- paste0(Sys.getenv("GRAPPE_URL", "http://127.0.0.1:4000"), "/graphql")
token <- Sys.getenv("GRAPPE_TOKEN")

# The data of an answer. Waits and sends the request again where the server says when to (429, 503, Retry-After). Errors
# become a condition of class "graph_error", whose `code` is for programs: docs/errors.md lists them.
ask <- function(query, variables = NULL) {
  req <- request(url) |>
    req_headers(Accept = "application/graphql-response+json") |>
    req_body_json(list(query = query, variables = variables)) |>
    req_retry(max_tries = 5) |>
    req_error(is_error = function(resp) resp_status(resp) >= 500)
  if (nzchar(token)) req <- req_auth_bearer_token(req, token)
  answer <- req |> req_perform() |> resp_body_json(check_type = FALSE)
  if (!is.null(answer$errors)) {
    first <- answer$errors[[1]]
    stop(errorCondition(first$message, class = "graph_error", code = first$extensions$code))
  }
  answer$data
}

# JSON's null is R's NULL, which a column cannot hold: it is NA there.
or_na <- function(value) if (is.null(value)) NA_character_ else value

members_query <- "
query Members($pole: ID!, $after: String) {
  pole(id: $pole) {
    members(first: 20, after: $after) {
      edges { since until node { id name ... on Organisation { kind } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}"

# Every member of a pole, page after page: a row for each.
members <- function(pole) {
  rows <- list()
  after <- NULL
  repeat {
    page <- ask(members_query, list(pole = pole, after = after))$pole$members
    rows <- c(rows, lapply(page$edges, function(edge) {
      data.frame(
        id = edge$node$id, name = edge$node$name, kind = or_na(edge$node$kind),
        since = or_na(edge$since), until = or_na(edge$until)
      )
    }))
    if (!page$pageInfo$hasNextPage) return(do.call(rbind, rows))
    after <- page$pageInfo$endCursor
  }
}

all <- members("pole/aerospace-valley")
cat(nrow(all), "members\n")
print(head(all[c("name", "kind", "since")], 3), row.names = FALSE)

# Dates are as precise as is known (2010, 2010-03, 2010-03-14): their first four characters are the year.
print(table(kind = all$kind, year = substr(all$since, 1, 4)))

tryCatch(
  ask("query Wrong { pole(id: 1, unknown: true) { id } }"),
  graph_error = function(error) cat("error:", error$code, "\n")
)

if (nzchar(token)) {
  create <- "
    mutation Create($input: OrganisationCreateInput!) {
      organisationCreate(input: $input) { organisation { id } problems { code message path } }
    }"
  input <- list(name = "Essai R", kind = "COMPANY", sources = list("source/nowhere"))
  # What can be put right comes as problems beside the data, with the place in the input. Nothing is written then.
  for (problem in ask(create, list(input = input))$organisationCreate$problems) {
    cat("problem:", problem$code, "at", paste(problem$path, collapse = "."), "-", problem$message, "\n")
  }
}
