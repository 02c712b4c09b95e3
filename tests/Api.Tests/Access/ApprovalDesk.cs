using System.Net;
using Access;
using Access.SystemParameters;
using Microsoft.EntityFrameworkCore;

namespace Api.Tests.Access;

/// <summary>An operation that needs an approval, setting a fee, and the second operator at the requester's desk.</summary>
internal static class ApprovalDesk
{
    public const string Fee = "/v1/parameters/card-fee.personal-single";

    public static async Task<(Office Office, Person Requester, Person Approver)> Staff(Database database)
    {
        var office = await Office.Open(database);
        return (office, await office.Hire(AccessRights.Administer), await office.Hire(AccessRights.Approve));
    }

    public static object Body(Office office, long value) => new { branchCode = office.Code, value };

    /// <summary>At the requester's desk: the approver types login and password.</summary>
    public static Task<Reply> Grant(Person requester, Reply asked, string login, string password) =>
        requester.Post(
            "/v1/approvals",
            new
            {
                approvalRequestId = asked["approvalRequestId"],
                login,
                password,
            }
        );

    public static async Task<string> Approved(Person requester, Person approver, string path, object body)
    {
        var asked = await requester.Put(path, body);
        Assert.Equal("approval-required", asked.Code);
        var granted = await Grant(requester, asked, approver.Login, approver.Password);
        Assert.Equal(HttpStatusCode.Created, granted.Status);
        return granted["approvalToken"];
    }

    public static async Task<List<ParameterChange>> Changes(Office office)
    {
        await using var db = await office.Host.OpenDatabase();
        var id = long.Parse(office.Id, System.Globalization.CultureInfo.InvariantCulture);
        return await db.Set<ParameterChange>().Where(c => c.BranchId == id).ToListAsync();
    }
}
