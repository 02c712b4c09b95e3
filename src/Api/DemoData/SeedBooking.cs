using Access;
using Access.Branches;
using Access.Operators;
using Access.Roles;
using Microsoft.EntityFrameworkCore;
using Platform.Problems;

namespace Api.DemoData;

/// <summary>Another process, or an earlier start, has seeded the same.</summary>
internal sealed record SeededBefore() : Refusal("seeded-before", 409, "The demonstration data is there.", "演示数据已存在。");

/// <summary>Bookings of demonstration data, made in the first operator's name.</summary>
internal static class SeedBooking
{
    public static Task<Operator> Administrator(AppDb db, CancellationToken ct) =>
        db.Set<Operator>().SingleAsync(o => o.BranchId == Branch.HeadquartersId && o.Login == AccessBootstrap.AdministratorLogin, ct);

    public static Booking By(Operator administrator, string action, string subject) =>
        new SilentBooking(Ids.Next(), new Actor(administrator.BranchId, administrator.Id), new AuditNote(action, subject));

    /// <summary>Seeded before is as good as seeded now; everything else must not be started with.</summary>
    public static async Task Post(Books books, Booking booking)
    {
        if (await books.Post(booking) is not (BookingResult.Answered or BookingResult.Refused { Refusal: SeededBefore }) and var other)
        {
            throw new InvalidOperationException($"The booking {booking.Audit.Action} was not taken: {other}");
        }
    }

    public static void AddOperator(
        Booking booking,
        long branchId,
        string login,
        string name,
        string passwordHash,
        Role role,
        TimeProvider clock
    )
    {
        var id = Ids.Next();
        booking
            .Insert(
                new Operator
                {
                    Id = id,
                    BranchId = branchId,
                    Login = login,
                    Name = name,
                }
            )
            .Insert(new OperatorRole { OperatorId = id, RoleId = role.Id })
            .Insert(
                new Credential
                {
                    OperatorId = id,
                    Hash = passwordHash,
                    ChangedAt = clock.GetUtcNow().UtcDateTime,
                }
            );
    }
}
