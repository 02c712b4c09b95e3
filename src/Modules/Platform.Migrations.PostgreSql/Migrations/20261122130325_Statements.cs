using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Migrations.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Statements : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_transactions_CustomerId_Id",
                table: "transactions");

            migrationBuilder.CreateIndex(
                name: "IX_transactions_CardId_BusinessDate_Id",
                table: "transactions",
                columns: new[] { "CardId", "BusinessDate", "Id" },
                filter: "\"CardId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_transactions_CustomerId_BusinessDate_Id",
                table: "transactions",
                columns: new[] { "CustomerId", "BusinessDate", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_customers_Phone",
                table: "customers",
                column: "Phone");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_transactions_CardId_BusinessDate_Id",
                table: "transactions");

            migrationBuilder.DropIndex(
                name: "IX_transactions_CustomerId_BusinessDate_Id",
                table: "transactions");

            migrationBuilder.DropIndex(
                name: "IX_customers_Phone",
                table: "customers");

            migrationBuilder.CreateIndex(
                name: "IX_transactions_CustomerId_Id",
                table: "transactions",
                columns: new[] { "CustomerId", "Id" });
        }
    }
}
