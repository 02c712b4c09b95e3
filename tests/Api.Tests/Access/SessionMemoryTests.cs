using System.Net;
using Access.Branches;
using Access.Operators;
using Access.Roles;
using Microsoft.EntityFrameworkCore;

namespace Api.Tests.Access;

/// <summary>What one instance remembers of a session is over the moment another instance ends it.</summary>
public sealed class SessionMemoryTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.7"), Trait("Requirement", "PL-08.1")]
    public async Task A_session_that_ends_at_one_instance_books_nothing_more_at_another(Database database)
    {
        await using var remembering = await TestHost.Start(database);
        await using var ending = await TestHost.Start(database, remembering.ConnectionString);
        foreach (var end in new Func<TestCounter, Clerk, Task>[] { SignOut, Refresh, EndSessions, Deactivate, CloseBranch, TakeRole })
        {
            var counter = await TestCounter.Open(remembering);
            var card = await counter.IssuedCard();
            await counter.Collected(card, 100);
            await counter.Collected(card, 100);
            // The same session, held at the other instance.
            var elsewhere = new Clerk(ending.Client, counter.BranchCode, counter.Cashier.Login, counter.Cashier.Id);
            elsewhere.Use(counter.Cashier);

            await end(counter, elsewhere);

            var refused = await counter.Collect(card, 100);
            Assert.True(refused.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"{end.Method.Name}: {refused.Text}");
            Assert.Equal(200, await counter.Quota(card));
            await counter.BooksAreSound();
        }

        static async Task SignOut(TestCounter counter, Clerk elsewhere) =>
            (await elsewhere.Post("/v1/sign-out", new { })).Is(HttpStatusCode.NoContent);

        static async Task Refresh(TestCounter counter, Clerk elsewhere) =>
            (await elsewhere.Post("/v1/sign-in/refresh", new { refreshToken = elsewhere.RefreshToken })).Is(HttpStatusCode.OK);

        async Task EndSessions(TestCounter counter, Clerk elsewhere)
        {
            var second = new Clerk(ending.Client, counter.BranchCode, counter.Second.Login, counter.Second.Id);
            second.Use(counter.Second);
            (await second.Delete($"/v1/operators/{counter.Cashier.Id}/sessions")).Is(HttpStatusCode.NoContent);
        }

        Task Deactivate(TestCounter counter, Clerk elsewhere) =>
            ending.Change<Operator>(o => o.Id == counter.Cashier.Id, o => o.Active = false);

        Task CloseBranch(TestCounter counter, Clerk elsewhere) =>
            ending.Change<Branch>(b => b.Id == counter.BranchId, b => b.Active = false);

        Task TakeRole(TestCounter counter, Clerk elsewhere) =>
            ending.Change<Role>(r => r.BranchId == counter.BranchId, r => r.AllRights = false);
    }
}
