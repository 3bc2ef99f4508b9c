using System.Globalization;
using Cordon.Casework.Cases;
using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Findings;

/// <summary>What is measured at calls.</summary>
internal static class CallControls
{
    /// <summary>A domestic number over an international trunk is false unless its subscriber is proven to roam.</summary>
    public static Judgement SpoofedCallsLetIn(Duty duty, CallLink call, ChainView view)
    {
        var code = duty.Threshold![ControlCatalogue.CallingCode].ToString(CultureInfo.InvariantCulture);
        var domestic = call.Caller.Digits.ToString(CultureInfo.InvariantCulture).StartsWith(code, StringComparison.Ordinal);
        var standing = call.Origin switch
        {
            CallOrigin.Unknown => Standing.Unknown,
            CallOrigin.InternationalTrunk when domestic && !call.RoamingProven => Standing.Breached,
            _ => Standing.Kept,
        };
        return new Judgement(
            standing,
            [
                new Reason("caller", call.Caller.ToString(), "+" + code),
                new Reason("origin", Words.Of(call.Origin)),
                new Reason("trunk", call.Trunk?.ToString() ?? "unknown"),
                new Reason("roamingProven", call.RoamingProven ? "true" : "false"),
                new Reason("at", call.At.ToString()),
            ],
            view.Chain.Loss);
    }
}
