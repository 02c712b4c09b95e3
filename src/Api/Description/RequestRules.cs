using System.Reflection;
using FluentValidation;
using FluentValidation.Internal;
using FluentValidation.Validators;
using Microsoft.OpenApi;

namespace Api.Description;

/// <summary>
/// The limits of request fields, read off the validators, so that the description cannot say another limit than the one that is checked (PL-06.1).
/// </summary>
internal sealed class RequestRules
{
    private const int MaxDepth = 8;

    private readonly Dictionary<(Type Owner, string Property), List<IPropertyValidator>> _rules = [];
    private readonly Dictionary<(Type Owner, string Property), List<IPropertyValidator>> _elementRules = [];

    private readonly HashSet<Type> _validated = [];

    public RequestRules(ModelAssemblies modules, IServiceProvider services)
    {
        foreach (var type in modules.Items.Distinct().SelectMany(a => a.GetTypes()))
        {
            var contract = typeof(IValidator<>).MakeGenericType(type);
            if (type.Name is "Command" or "Query" && services.GetService(contract) is IValidator validator)
            {
                _validated.Add(type);
                Read(validator, type, MaxDepth);
            }
        }
    }

    /// <summary>Is there anything to refuse as not valid?</summary>
    public bool Has(Type? message) => message is not null && _validated.Contains(message);

    /// <summary>Puts the limits of a field, or of a parameter of the command that a route makes, into its schema.</summary>
    public void Apply(OpenApiSchema schema, Type owner, string property)
    {
        Put(schema, _rules.GetValueOrDefault((owner, property)) ?? []);
        if (schema.Items is OpenApiSchema items)
        {
            Put(items, _elementRules.GetValueOrDefault((owner, property)) ?? []);
        }
    }

    private void Read(IValidator validator, Type root, int depth)
    {
        foreach (var rule in depth == 0 ? [] : validator.CreateDescriptor().Rules.Where(r => r.PropertyName is not null))
        {
            if (Walk(root, rule.PropertyName) is not { } found)
            {
                continue;
            }

            var steps = rule.PropertyName.Split('.').Length;
            var ofElements = rule.GetType()
                .GetInterfaces()
                .Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICollectionRule<,>));
            foreach (var component in rule.Components)
            {
                if (Child(component.Validator) is { } child)
                {
                    Read(child, ofElements ? Element(found.Value) : found.Value, depth - 1);
                }
                else if (!(component.HasCondition || (rule.HasCondition && steps < 3)))
                {
                    // A condition on something deeper than the body only says that the part is there.
                    Add(ofElements ? _elementRules : _rules, (found.Owner, found.Property), component.Validator);
                }
            }
        }
    }

    private static void Add(Dictionary<(Type, string), List<IPropertyValidator>> rules, (Type, string) place, IPropertyValidator validator)
    {
        if (!rules.TryGetValue(place, out var list))
        {
            rules[place] = list = [];
        }

        list.Add(validator);
    }

    /// <summary>The validator of a part; it is asked for as if an empty request came.</summary>
    private static IValidator? Child(IPropertyValidator validator)
    {
        if (validator is not IChildValidatorAdaptor)
        {
            return null;
        }

        var of = validator.GetType().GenericTypeArguments[0];
        var context = Activator.CreateInstance(typeof(ValidationContext<>).MakeGenericType(of), [null]);
        return validator.GetType().GetMethod("GetValidator")?.Invoke(validator, [context, null]) as IValidator;
    }

    private static (Type Owner, string Property, Type Value)? Walk(Type root, string path)
    {
        (Type Owner, string Property, Type Value)? place = null;
        var type = root;
        foreach (var step in path.Split('.'))
        {
            if (type.GetProperty(step, BindingFlags.Public | BindingFlags.Instance) is not { } property)
            {
                return null;
            }

            place = (property.DeclaringType!, step, property.PropertyType);
            type = property.PropertyType;
        }

        return place;
    }

    private static Type Element(Type list) => list.IsGenericType ? list.GenericTypeArguments[0] : list.GetElementType() ?? list;

    private static void Put(OpenApiSchema schema, List<IPropertyValidator> validators)
    {
        foreach (var validator in validators)
        {
            switch (validator)
            {
                case ILengthValidator length when IsText(schema):
                    schema.MinLength = length.Min > 0 ? length.Min : schema.MinLength;
                    schema.MaxLength = length.Max > 0 ? length.Max : schema.MaxLength;
                    break;
                case ICountLimit count:
                    (schema.MinItems, schema.MaxItems) = (count.Min, count.Max);
                    break;
                case IRegularExpressionValidator regex when IsText(schema):
                    schema.Pattern = regex.Expression;
                    break;
                case IEmailValidator:
                    schema.Format = "email";
                    break;
                case INotEmptyValidator when IsText(schema):
                    schema.MinLength ??= 1;
                    break;
                case IBetweenValidator { Name: "InclusiveBetweenValidator" } between:
                    (schema.Minimum, schema.Maximum) = (Text(between.From), Text(between.To));
                    break;
                case IComparisonValidator { MemberToCompare: null, ValueToCompare: { } value } comparison when IsNumber(schema):
                    PutComparison(schema, comparison.Comparison, Text(value));
                    break;
                default:
                    break;
            }
        }
    }

    private static void PutComparison(OpenApiSchema schema, Comparison comparison, string? value)
    {
        switch (comparison)
        {
            case Comparison.GreaterThan:
                (schema.Minimum, schema.ExclusiveMinimum) = (null, value);
                break;
            case Comparison.GreaterThanOrEqual:
                schema.Minimum = value;
                break;
            case Comparison.LessThan:
                (schema.Maximum, schema.ExclusiveMaximum) = (null, value);
                break;
            case Comparison.LessThanOrEqual:
                schema.Maximum = value;
                break;
            default:
                break;
        }
    }

    private static bool IsText(OpenApiSchema schema) => schema.Type?.HasFlag(JsonSchemaType.String) == true;

    private static bool IsNumber(OpenApiSchema schema) => schema.Type?.HasFlag(JsonSchemaType.Integer) == true;

    private static string? Text(object value) => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture);
}
