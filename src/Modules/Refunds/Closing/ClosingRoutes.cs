using Microsoft.AspNetCore.Builder;

namespace Refunds.Closing;

/// <summary>What the routes of a closing say alike.</summary>
internal static class ClosingRoutes
{
    public static RouteHandlerBuilder OfClosing(this RouteHandlerBuilder route) =>
        route.ProducesRefusals<ClosingNotFound, ClosingOfOtherBranch, ClosingStateForbids>();
}
