using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class SetAsideDecisions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "DecidedById",
                table: "set_aside_consumption",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Decision",
                table: "set_aside_consumption",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DecisionApproverId",
                table: "set_aside_consumption",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DecisionReason",
                table: "set_aside_consumption",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TransactionId",
                table: "set_aside_consumption",
                type: "bigint",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "DecidedById",
                table: "set_aside_consumption");

            migrationBuilder.DropColumn(
                name: "Decision",
                table: "set_aside_consumption");

            migrationBuilder.DropColumn(
                name: "DecisionApproverId",
                table: "set_aside_consumption");

            migrationBuilder.DropColumn(
                name: "DecisionReason",
                table: "set_aside_consumption");

            migrationBuilder.DropColumn(
                name: "TransactionId",
                table: "set_aside_consumption");
        }
    }
}
