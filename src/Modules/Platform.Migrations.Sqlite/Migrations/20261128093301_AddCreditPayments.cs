using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddCreditPayments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "credit_payments",
                columns: table => new
                {
                    TransactionId = table.Column<long>(type: "INTEGER", nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    CustomerId = table.Column<long>(type: "INTEGER", nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_credit_payments", x => new { x.TransactionId, x.BranchId });
                });

            migrationBuilder.CreateIndex(
                name: "IX_refunds_BranchId_CustomerId",
                table: "refunds",
                columns: new[] { "BranchId", "CustomerId" },
                filter: "\"FeeDue\" > 0 AND \"FeePaidById\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_credit_payments_CustomerId",
                table: "credit_payments",
                column: "CustomerId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "credit_payments");

            migrationBuilder.DropIndex(
                name: "IX_refunds_BranchId_CustomerId",
                table: "refunds");
        }
    }
}
