using Cordon.Casework.Leads;
using Cordon.Tests.Duties;

namespace Cordon.Tests.Leads;

/// <summary>The file of leads that ships.</summary>
internal static class ShippedLeads
{
    public static string File { get; } = ShippedPack.PathOf("packs", "cn", "leads.yaml");

    public static LeadPlan Plan { get; } = LeadPlan.Load(File, ShippedPack.Cn);
}
