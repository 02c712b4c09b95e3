using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class IdempotencyIds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "Id",
                table: "idempotency_records",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            // Records that are there keep their keys: a retry after the update must find them.
            migrationBuilder.Sql(
                """
                UPDATE idempotency_records SET [Id] = CONVERT(bigint, SUBSTRING(HASHBYTES('SHA2_256',
                CONVERT(varchar(200), CONCAT([CallerId], ' ', [Operation], ' ', [Key]))), 1, 8));
                """);

            migrationBuilder.DropPrimaryKey(
                name: "PK_idempotency_records",
                table: "idempotency_records");

            migrationBuilder.AddPrimaryKey(
                name: "PK_idempotency_records",
                table: "idempotency_records",
                column: "Id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "PK_idempotency_records",
                table: "idempotency_records");

            migrationBuilder.DropColumn(
                name: "Id",
                table: "idempotency_records");

            migrationBuilder.AddPrimaryKey(
                name: "PK_idempotency_records",
                table: "idempotency_records",
                columns: new[] { "Key", "CallerId", "Operation" });
        }
    }
}
