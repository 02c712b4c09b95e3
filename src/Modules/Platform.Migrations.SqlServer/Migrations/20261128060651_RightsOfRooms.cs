using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Migrations.SqlServer.Migrations;

/// <summary>Functions moved to the modules Counter and Customers, and the names of their rights with them.</summary>
public partial class RightsOfRooms : Migration
{
    private static readonly (string Before, string After)[] s_renamed =
    [
        ("funding.see-transactions", "counter.see-transactions"),
        ("funding.close-day", "counter.close-day"),
        ("funding.see-day-end", "counter.see-day-end"),
        ("issuance.show-customer", "customers.show-customer"),
        ("issuance.see-other-branches", "customers.see-other-branches"),
    ];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var (before, after) in s_renamed)
        {
            Rename(migrationBuilder, before, after);
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var (before, after) in s_renamed)
        {
            Rename(migrationBuilder, after, before);
        }
    }

    private static void Rename(MigrationBuilder migrationBuilder, string old, string now)
    {
        migrationBuilder.Sql($"""UPDATE roles SET [RightNames] = REPLACE([RightNames], '{old}', '{now}')""");
        migrationBuilder.Sql($"""UPDATE approval_requests SET [ApproverRights] = REPLACE([ApproverRights], '{old}', '{now}')""");
    }
}
